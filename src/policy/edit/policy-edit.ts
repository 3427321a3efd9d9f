/** What can be changed in a policy's text, as plain values that a form or an API call can hold. */
import type { Path, PolicyFault } from '../policy-fault.ts';

/** Of the fields that are given: the new value, or null for "back to the default". */
export type FieldChanges<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | null };

export interface SiteFields {
  readonly name?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly contact?: string;
}

export interface PublicationFields {
  readonly name: string;
  readonly paths?: readonly string[];
  readonly tagline?: string;
}

export interface ProductFields {
  readonly name: string;
  readonly description?: string;
}

export interface PlanFields {
  readonly name: string;
  readonly description?: string;
  readonly products: readonly string[];
  readonly price?: string;
  readonly interval?: string;
  readonly trialDays?: number;
  readonly promotionCodes?: boolean;
  readonly passDays?: number;
  readonly offeredAt?: WhenFields;
}

export interface MeterFields {
  /** day, week, month, or such as "30 days". */
  readonly window?: string;
  readonly visitor?: number;
  readonly registered?: number;
  readonly networkAllowance?: number;
  readonly on?: boolean;
}

export interface WhenFields {
  readonly publication?: readonly string[];
  readonly section?: readonly string[];
  readonly tag?: readonly string[];
  readonly author?: readonly string[];
  readonly path?: readonly string[];
  readonly language?: readonly string[];
  readonly level?: readonly string[];
  readonly olderThanDays?: number;
  readonly newerThanDays?: number;
}

export interface CountedCutoffFields {
  readonly characters?: number;
  readonly words?: number;
  readonly paragraphs?: number;
  readonly percent?: number;
  readonly ending?: string;
  readonly atMost?: number;
}

export interface CutoffFields extends CountedCutoffFields {
  readonly marker?: string;
  readonly otherwise?: CountedCutoffFields;
}

export interface TermsFields {
  /** open, registered, metered, locked, or one of them after `own-or-`. */
  readonly access: string;
  readonly meter?: string;
  readonly products?: readonly string[];
  readonly cutoff?: CutoffFields;
}

export interface RuleFields extends TermsFields {
  readonly name: string;
  readonly when?: WhenFields;
}

/** The sections that are a single group of fields. */
export interface SectionFields {
  readonly site: SiteFields;
  readonly otherwise: Partial<TermsFields>;
  readonly preview: { readonly moreFrom?: boolean; readonly related?: boolean; readonly notice?: boolean };
  readonly whenDown: { readonly meter?: string; readonly entitlements?: string };
  readonly billing: {
    readonly graceDays?: number;
    readonly refunded?: string;
    readonly disputed?: string;
    readonly reconcileMinutes?: number;
  };
  readonly devices: { readonly allowed?: number };
  readonly originCache: {
    readonly seconds?: number;
    readonly staleSeconds?: number;
    readonly personalCookies?: readonly string[];
    readonly harmlessCookies?: readonly string[];
    readonly vary?: readonly string[];
    readonly userAgents?: string;
    readonly languages?: readonly string[];
  };
  readonly originHeaders: { readonly pass?: readonly string[] };
  readonly staff: { readonly probe?: readonly string[]; readonly cookies?: readonly string[] };
  readonly sentry: {
    readonly on?: boolean;
    readonly pass?: readonly string[];
    readonly stop?: readonly string[];
    readonly forms?: readonly { readonly path: string; readonly article?: string }[];
    readonly learn?: {
      readonly on?: boolean;
      readonly perSecond?: number;
      readonly maxArticles?: number;
      readonly everyMinutes?: number;
    };
    readonly memoryMiB?: number;
  };
}

/** The lists whose entries have an id. */
export interface CatalogueFields {
  readonly publications: PublicationFields;
  readonly products: ProductFields;
  readonly plans: PlanFields;
}

export type SectionName = keyof SectionFields;
export type CatalogueName = keyof CatalogueFields;

type SectionEdit = {
  readonly [Name in SectionName]: {
    readonly kind: 'set-section';
    readonly section: Name;
    readonly set: FieldChanges<SectionFields[Name]>;
  };
}[SectionName];

type CatalogueEdit = {
  readonly [Name in CatalogueName]:
    | {
        readonly kind: 'add-entry';
        readonly list: Name;
        readonly id: string;
        readonly entry: CatalogueFields[Name];
      }
    | {
        readonly kind: 'set-entry';
        readonly list: Name;
        readonly id: string;
        readonly set: FieldChanges<CatalogueFields[Name]>;
      }
    | { readonly kind: 'remove-entry'; readonly list: Name; readonly id: string };
}[CatalogueName];

type MeterEdit =
  | { readonly kind: 'add-meter'; readonly id: string; readonly meter: MeterFields }
  | { readonly kind: 'set-meter'; readonly id: string; readonly set: FieldChanges<MeterFields> }
  | { readonly kind: 'rename-meter'; readonly id: string; readonly to: string }
  | { readonly kind: 'remove-meter'; readonly id: string };

type RuleEdit =
  /** @property place from 0; absent: below all others. */
  | { readonly kind: 'add-rule'; readonly rule: RuleFields; readonly place?: number }
  | { readonly kind: 'set-rule'; readonly name: string; readonly set: FieldChanges<RuleFields> }
  /** @property place from 0, as it is once the rule has moved; beyond the end is the end. */
  | { readonly kind: 'move-rule'; readonly name: string; readonly place: number }
  | { readonly kind: 'remove-rule'; readonly name: string };

export type PolicyEdit =
  | SectionEdit
  | CatalogueEdit
  | MeterEdit
  | RuleEdit
  | { readonly kind: 'set-cutoff'; readonly cutoff: CutoffFields | null }
  | {
      readonly kind: 'set-message';
      readonly locale: string;
      readonly key: string;
      /** null: the built-in text again. */
      readonly text: string | null;
    };

export type Refusal =
  /** The text isn't YAML that a policy can be in: nothing of it can be edited before that is mended. */
  | { readonly kind: 'unreadable'; readonly faults: readonly PolicyFault[] }
  /** Something else than the place can hold stands there. */
  | { readonly kind: 'misshapen'; readonly at: Path }
  | { readonly kind: 'unknown'; readonly what: EditedKind; readonly id: string }
  | { readonly kind: 'taken'; readonly what: EditedKind; readonly id: string }
  /** Of a new name that would have to be written in many places. */
  | { readonly kind: 'invalid-id'; readonly id: string; readonly message: string; readonly instead: string }
  /** @property by paths of what uses it, such as `rules[3]`. */
  | { readonly kind: 'in-use'; readonly what: EditedKind; readonly id: string; readonly by: readonly Path[] }
  /** There has to be one of its kind. */
  | { readonly kind: 'only-one'; readonly what: EditedKind; readonly id: string }
  /** Without this rule `otherwise` would apply, which says neither which meter nor which products: say so there first. */
  | { readonly kind: 'otherwise-needed' };

export type EditedKind = 'meter' | 'rule' | CatalogueName;

export type Edited =
  | {
      readonly kind: 'edited';
      readonly text: string;
      /** Where what was edited stands now; faults of its values have their paths below it. */
      readonly at: Path;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
