/**
 * Who may talk to Google now. Bounds how many do at once, and lets in one at a time per ticket: a double click or an impatient
 * reload must not send the same code twice, which may make Google revoke what it gave for it (RFC 6749, section 4.1.2).
 */
export interface ExchangeGate {
  /** In until `leave` is called, or not in. */
  enter(ticketHash: string): { leave(): void } | 'ticket-in-use' | 'overloaded';
}

/** @param limit how many may be inside at once */
export function createExchangeGate(limit: number): ExchangeGate {
  const inside = new Set<string>();
  return {
    enter(ticketHash) {
      if (inside.has(ticketHash)) return 'ticket-in-use';
      if (inside.size >= limit) return 'overloaded';
      inside.add(ticketHash);
      return { leave: () => inside.delete(ticketHash) };
    },
  };
}
