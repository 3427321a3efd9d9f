/** What a line of a checkout or a subscription costs, in words. */
import type { LineView } from '../hosted.ts';
import { moneyText } from './money-text.ts';

type Priced = Pick<LineView, 'unitAmount' | 'currency' | 'quantity' | 'interval' | 'intervalCount'>;

/** "€9.00 a month", "€25.00 every 3 months", "¥900" for what is paid once; for all of a quantity. */
export const priceText = (line: Priced, locale: string): string => {
  const money = moneyText(line.unitAmount * line.quantity, line.currency, locale);
  return line.interval === undefined ? money : `${money} ${rhythm(line.interval, line.intervalCount)}`;
};

/** "every month", "every 3 months". */
export const everyText = ({
  interval,
  intervalCount = 1,
}: Pick<Priced, 'interval' | 'intervalCount'>): string => {
  if (interval === undefined) return 'once';
  return intervalCount === 1 ? `every ${interval}` : `every ${intervalCount} ${interval}s`;
};

/** "Everything", "Everything × 3". */
export const lineName = ({ productName, quantity }: Pick<LineView, 'productName' | 'quantity'>): string =>
  quantity === 1 ? productName : `${productName} × ${quantity}`;

const rhythm = (interval: string, count = 1): string =>
  count === 1 ? `a ${interval}` : `every ${count} ${interval}s`;
