/** Runs before each test file: its random checks begin where the whole run's do, so that a failed run can be had again. */
import fc from 'fast-check';

const { GATEFOLD_TEST_SEED: seed } = process.env;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
