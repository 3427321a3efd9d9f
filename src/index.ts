/** The library's face: the gateway for those who run their own server, the middleware for an Express app. */
export type { AccessBody } from './gate/answer-access.ts';
export type { Decision, DenyReason, GrantReason, Reason } from './gate/decision.ts';
export { createGateway, type Gateway } from './gateway.ts';
export { type GatefoldMiddleware, type GatefoldOptions, gatefold } from './middleware.ts';
export { type ParsedSettings, parseSettings, type Settings } from './settings.ts';
