/** What tabs tell each other after each change, so that none shows what is old. */

/**
 * @typedef {object} News
 * @property {string} conversation "" when it may be all of them
 * @property {boolean} isRecord false when only an answer has grown
 * @property {readonly string[]} [messages] those that were written or deleted
 */

export class Tabs {
  #channel = new BroadcastChannel("localm-history");

  /** @param {(news: News) => void} hear */
  constructor(hear) {
    this.#channel.onmessage = ({ data }) => hear(data);
  }

  /** @param {News} news */
  tell(news) {
    this.#channel.postMessage(news);
  }
}
