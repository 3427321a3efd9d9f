/** How much random checks do: what fits into every run of `npm test`, or `GATEFOLD_TEST_EFFORT` times as much. */
const effort = Number(process.env.GATEFOLD_TEST_EFFORT ?? 1);

/** At least once. `GATEFOLD_TEST_EFFORT=8 npm test -- tests/billing/histories` plays eight times as many histories. */
export const times = (count: number): number => Math.max(1, Math.round(count * effort));

/** Where the random checks of this run begin; outside of `npm test`, at the same number. */
export const testSeed = Number(process.env.GATEFOLD_TEST_SEED ?? 20261130);
