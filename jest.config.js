/** Jest runs TypeScript ES modules through swc; nothing of the project is mocked. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  setupFiles: ['<rootDir>/tests/support/one-seed.ts'],
  // Longer than tests/support/patience.ts, which says what didn't come; a test without a hang in it never gets near.
  testTimeout: 900_000,
  maxWorkers: 2,
  // Modules of finished files stay in a worker's memory; past this it is replaced by a fresh one.
  workerIdleMemoryLimit: '1GB',
};
