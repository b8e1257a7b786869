/**
 * Where Chat's markup has an opening bracket: a mention, a custom emoji, an address, or anything with a label (Chat's guide
 * "Format messages"). Brackets of code and arithmetic (`a < b`, `<div>`, `vector<std::string>`) are none.
 */
const OPENING = /<(?=users\/|customEmojis\b|mailto:|[a-z][a-z\d+.-]*:\/\/|[^<>|]+\|[^<>]*>)/gi;

/**
 * Text that somebody else wrote, made safe to stand in a message: what would notify people (`<users/all>`) or disguise a link
 * (`<https://…|…>`) is shown as it is written, with `‹` for its opening bracket. Bold and the like are left alone.
 */
export function neutralizeMarkup(text: string): string {
  return text.replace(OPENING, '‹');
}

/** Control characters, line breaks among them, and those that change the direction of what follows. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * A name that somebody chose, made safe to stand among others: one line, without any bracket, so that not even two names
 * together become a mention or a link.
 */
export function plainLine(text: string): string {
  return text.replace(UNSEEN, ' ').replaceAll('<', '‹').replace(/\s+/g, ' ').trim();
}

/** A longer line is cut, and says so. @param max of the result, in UTF-16 units */
export function shortened(line: string, max: number): string {
  return line.length <= max ? line : `${line.slice(0, max - 1).toWellFormed()}…`;
}
