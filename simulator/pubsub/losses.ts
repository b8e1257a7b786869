/** Whether what comes is lost on the way, as somebody wants it for a while. */
export class Losses {
  #wanted = 0;

  get areOn(): boolean {
    return this.#wanted > 0;
  }

  /** @returns what ends it; others may want it still */
  begin(): () => void {
    this.#wanted += 1;
    let isOver = false;
    return () => {
      if (!isOver) this.#wanted -= 1;
      isOver = true;
    };
  }
}
