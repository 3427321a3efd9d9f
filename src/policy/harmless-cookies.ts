/** Cookies that change nothing of what an origin sends: of counters, advertising, consent, load balancers and bot filters. */

/**
 * Names as their senders document them; a star at the end stands for anything. Sources: the developers’ pages of Google (Analytics, Ads), Meta,
 * Microsoft (Clarity, Advertising), Matomo, Hotjar, HubSpot, LinkedIn, TikTok, Pinterest, Snap, Cloudflare, AWS, OneTrust, Cookiebot,
 * IAB’s TCF, Piwik PRO, Plausible’s and Chartbeat’s; last compared in November 2026.
 *
 * A reader who has but these is a reader with no cookie, and a page that sets but these is the same for everybody. So nothing is
 * named here that an application might read: a wrong name would show one reader’s page to all.
 */
const names: readonly string[] = [
  // Google
  ...[
    '_ga',
    '_ga_*',
    '_gid',
    '_gat',
    '_gat_*',
    '_gac_*',
    '_gcl_au',
    '_gcl_aw',
    '_gcl_dc',
    '_gcl_gb',
    '_gcl_gs',
  ],
  ...[
    '__utma',
    '__utmb',
    '__utmc',
    '__utmt',
    '__utmv',
    '__utmz',
    '__gads',
    '__gpi',
    '__eoi',
    'FPID',
    'FPLC',
    'FPAU',
  ],
  // Meta, Microsoft, TikTok, Pinterest, Snap, LinkedIn, X, Reddit
  ...['_fbp', '_fbc', '_clck', '_clsk', '_uetsid', '_uetvid', '_uetmsclkid', '_ttp', '_tt_enable_cookie'],
  ...['_pin_unauth', '_derived_epik', '_epik', '_scid', '_scid_r', 'li_fat_id', '_twclid', '_rdt_uuid'],
  // Counters
  ...[
    '_pk_id.*',
    '_pk_ses.*',
    '_pk_ref.*',
    '_pk_cvar.*',
    '_pk_hsr.*',
    '_hjSessionUser_*',
    '_hjSession_*',
    '_hjTLDTest',
  ],
  ...[
    '_hjFirstSeen',
    '_hjIncludedInSessionSample_*',
    '_hjAbsoluteSessionInProgress',
    '__hstc',
    '__hssc',
    '__hssrc',
  ],
  ...[
    'hubspotutk',
    '_chartbeat2',
    '_chartbeat4',
    '_cb',
    '_cb_ls',
    '_cb_svref',
    '_parsely_visitor',
    '_parsely_session',
  ],
  ...['ajs_anonymous_id', 'amplitude_id_*', 'AMP_*', '_sp_id.*', '_sp_ses.*', 's_cc', 's_sq', 's_vi'],
  ...[
    'AMCV_*',
    'AMCVS_*',
    'ioam2018',
    'wt3_eid',
    'wt3_sid',
    '_cs_id',
    '_cs_s',
    '_cs_c',
    '__qca',
    '_dd_s',
    'AWSELB',
  ],
  // Consent
  ...[
    'OptanonConsent',
    'OptanonAlertBoxClosed',
    'CookieConsent',
    'euconsent-v2',
    'eupubconsent-v2',
    'cookielawinfo-*',
  ],
  ...['cmplz_*', 'borlabs-cookie', 'didomi_token', 'FCCDCF', 'FCNEC', 'cookieyes-consent', 'usprivacy'],
  // What stands between: load balancers and bot filters
  ...['AWSALB', 'AWSALBCORS', 'AWSALBTG', 'AWSALBTGCORS', 'AWSELBCORS', 'ARRAffinity', 'ARRAffinitySameSite'],
  ...[
    '__cf_bm',
    '__cflb',
    '_cfuvid',
    'cf_clearance',
    '__cfruid',
    'BIGipServer*',
    'SERVERID',
    '_abck',
    'bm_sz',
    'bm_sv',
  ],
  ...['ak_bmsc', 'datadome', 'incap_ses_*', 'visid_incap_*', 'nlbi_*', 'TS01*', 'wordpress_test_cookie'],
];

const exact = new Set(names.filter((name) => !name.endsWith('*')).map((name) => name.toLowerCase()));
const beginnings = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1).toLowerCase());

/** In any case, as with all names of cookies. */
export const isHarmlessByName = (name: string): boolean => {
  const lower = name.toLowerCase();
  return exact.has(lower) || beginnings.some((beginning) => lower.startsWith(beginning));
};
