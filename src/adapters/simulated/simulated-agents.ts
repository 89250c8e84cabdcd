/** Whether the agents of a simulated cluster run: stopped ones follow no change. */
export class SimulatedAgents {
  #running = true;

  get running(): boolean {
    return this.#running;
  }

  stop(): void {
    this.#running = false;
  }

  start(): void {
    this.#running = true;
  }
}
