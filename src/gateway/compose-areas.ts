/** The console's parts beyond its doors, each put together from the rooms that it shows. */
import type { Area } from '../console/area.ts';
import type { Audit } from '../console/operators/audit.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { Selling } from './compose-billing.ts';
import type { Gate } from './compose-gate.ts';
import type { Readers } from './compose-readers.ts';
import type { Base } from './open-base.ts';

export interface AreaOptions extends Base {
  readonly gate: Gate;
  readonly readers: Readers;
  readonly meters: MeterStore;
  /** Absent: nothing is sold here. */
  readonly selling?: Selling;
  /** What an address of this site may name. */
  readonly hosts: readonly string[];
  readonly publicUrl: string;
}

export const composeAreas = (_options: AreaOptions, _audit: Audit): readonly Area[] => [];
