/** The port to those who may use the console: whom owners invited, their signed-in browsers, and API tokens. */
import type { Email } from '../../readers/reader.ts';
import type { Role } from './may.ts';
import type {
  ApiToken,
  ApiTokenId,
  Appointment,
  OperatorDevice,
  OperatorDeviceId,
  OperatorRecord,
} from './operator.ts';

/** Nothing of it may be kept by an instance: what one has changed, every other one obeys with its next request. */
export interface OperatorStore extends InvitedOperators, OperatorDevices, ApiTokens {}

export interface InvitedOperators {
  operator(email: Email): Promise<OperatorRecord | undefined>;
  /** In order of their addresses. */
  operators(): Promise<readonly OperatorRecord[]>;
  /** False: the address has been invited already, and its record is as it was. */
  addOperator(record: OperatorRecord): Promise<boolean>;
  /** False: the record is gone, of another appointment, or has another role than `from` by now. */
  changeRole(email: Email, change: RoleChange): Promise<boolean>;
  /** The record and, with it or soon after, devices and tokens. False: there was none of that appointment. */
  removeOperator(email: Email, appointment: Appointment): Promise<boolean>;
  /** Does nothing to a record of another appointment, and never goes back. */
  noteOperatorSeen(email: Email, appointment: Appointment, at: number): Promise<void>;
}

export interface RoleChange {
  readonly appointment: Appointment;
  readonly from: Role;
  readonly to: Role;
}

export interface OperatorDevices {
  /** Those that have expired by the time it was made are forgotten. */
  putOperatorDevice(device: OperatorDevice): Promise<void>;
  operatorDevice(id: OperatorDeviceId): Promise<OperatorDevice | undefined>;
  /** The newest first. */
  devicesOfOperator(email: Email): Promise<readonly OperatorDevice[]>;
  /** Doesn't bring a removed one back, and never goes back. */
  noteOperatorDeviceSeen(id: OperatorDeviceId, at: number): Promise<void>;
  /** False: there was none. */
  removeOperatorDevice(id: OperatorDeviceId): Promise<boolean>;
}

export interface ApiTokens {
  /** False: another token has the name. */
  putApiToken(token: ApiToken): Promise<boolean>;
  apiToken(id: ApiTokenId): Promise<ApiToken | undefined>;
  /** The newest first. */
  apiTokens(): Promise<readonly ApiToken[]>;
  /** Doesn't bring a removed one back, and never goes back. */
  noteApiTokenUsed(id: ApiTokenId, at: number): Promise<void>;
  /** What it was; undefined: there was none. */
  removeApiToken(id: ApiTokenId): Promise<ApiToken | undefined>;
}
