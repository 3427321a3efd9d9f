/** Where the portal's tasks are, under the portal's own address. */
import { hostedPaths } from '../hosted.ts';

export const portalTasks = {
  cancel: (portal: string, subscription: string): string =>
    `${hostedPaths.portal(portal)}/cancel/${subscription}`,
  resume: (portal: string, subscription: string): string =>
    `${hostedPaths.portal(portal)}/resume/${subscription}`,
  switch: (portal: string, subscription: string): string =>
    `${hostedPaths.portal(portal)}/switch/${subscription}`,
  pay: (portal: string, invoice: string): string => `${hostedPaths.portal(portal)}/pay/${invoice}`,
  card: (portal: string): string => `${hostedPaths.portal(portal)}/card`,
  email: (portal: string): string => `${hostedPaths.portal(portal)}/email`,
} as const;
