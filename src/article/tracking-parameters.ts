/** The parameters that senders of readers add to addresses, to count their clicks: they make no other article of one. */

/**
 * By who adds them; in small letters, and compared without regard to case. Kept by hand from the senders' own pages for
 * developers and the Tracking Query Parameters Registry (github.com/mpchadwick/tracking-query-params-registry), last
 * gone through in November 2026. What a site may well use by itself (`ref`, `source`, `cid`, `trk`) is left out: two
 * articles must never become one.
 */
export const trackingParameters: Readonly<Record<string, readonly string[]>> = {
  'Google Ads and Analytics': [
    ...['gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid', 'srsltid'],
    ...['_ga', '_gl', '_gac'],
  ],
  Meta: ['fbclid', 'igsh', 'igshid', 'mibextid', 'fb_action_ids', 'fb_action_types', 'fb_source'],
  Microsoft: ['msclkid'],
  X: ['twclid', 'ref_src', 'ref_url', '__twitter_impression'],
  TikTok: ['ttclid'],
  LinkedIn: ['li_fat_id'],
  Pinterest: ['epik'],
  Reddit: ['rdt_cid'],
  Snapchat: ['sccid'],
  Quora: ['qclid'],
  Yandex: ['yclid', 'ysclid', '_openstat'],
  Yahoo: ['guccounter', 'guce_referrer', 'guce_referrer_sig'],
  'Taboola and Outbrain': ['tblci', 'dicbo'],
  Branch: ['_branch_match_id', '_branch_referrer'],
  'sellers’ networks': ['irclickid', 'irgwc', 'cjevent', 'awc', 'ranmid', 'raneaid', 'ransiteid', 'wickedid'],
  Adobe: ['ef_id', 's_kwcid', 's_cid', 'cmpid', 'mkt_tok'],
  Marin: ['mkwid', 'pcrid'],
  Mailchimp: ['mc_cid', 'mc_eid'],
  HubSpot: ['_hsenc', '_hsmi', '__hstc', '__hssc', '__hsfp', 'hsctatracking'],
  Klaviyo: ['_ke', '_kx'],
  'other senders of mail': [
    ...['dm_i', '_bta_tid', '_bta_c', 'trk_contact', 'trk_msg', 'trk_module', 'trk_sid', '_bhlid', '__s'],
    ...['vero_id', 'vero_conv', 'oly_anon_id', 'oly_enc_id', 'ml_subscriber', 'ml_subscriber_hash'],
  ],
  'Piano and Mapp': [
    'at_medium',
    'at_campaign',
    'at_custom1',
    'at_custom2',
    'at_custom3',
    'at_custom4',
    'wt_mc',
    'wt_zmc',
  ],
};

/** Whole families: `utm_source`, `mtm_campaign`, `hsa_cam`. */
const families = ['utm_', 'mtm_', 'matomo_', 'pk_', 'piwik_', 'hsa_', 'etcc_'];

const names: ReadonlySet<string> = new Set(Object.values(trackingParameters).flat());

/** @param name of a parameter, as it stands in the address */
export const isTracking = (name: string): boolean => {
  const small = decoded(name).toLowerCase();
  return (
    names.has(small) || families.some((family) => small.length > family.length && small.startsWith(family))
  );
};

/** Origins decode names before they look. */
const decoded = (name: string): string => {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};
