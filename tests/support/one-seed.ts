/** Runs before each test file: its random checks begin where the whole run's do, so that a failed run can be had again. */
import fc from 'fast-check';
import { testSeed } from './effort.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: testSeed });
