/** A card of the board, as the world knows it: which services its code calls when it runs. Nobody at the company has this list. */
export interface CardNature {
  readonly calls: readonly string[];
}

/** The services that a card's code can need in production. */
export const services = ['web', 'seats', 'payments', 'mail', 'printer'] as const;

/** Who can ask for something. */
export const roles = ['product', 'dev-booking', 'dev-web', 'quality', 'support', 'stations', 'finance'] as const;

/** The cards of the first week. */
const cardNatures: Readonly<Record<string, CardNature>> = {
  'seat-map': { calls: ['web', 'seats'] },
  'refund-button': { calls: ['seats', 'payments'] },
  'ticket-by-email': { calls: ['seats', 'mail'] },
  'kiosk-receipt': { calls: ['seats', 'payments', 'printer'] },
  'bigger-letters': { calls: ['web'] },
  'group-booking': { calls: ['web', 'seats', 'payments', 'mail'] },
};

/** What the world knows of a card, or undefined of one that it has never heard of. */
export function natureOf(card: string): CardNature | undefined {
  return Object.hasOwn(cardNatures, card) ? cardNatures[card] : undefined;
}
