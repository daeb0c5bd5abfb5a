/**
 * The prompt as WebLLM makes it of a conversation.
 */

/**
 * @typedef {import("./request.js").Message} Message
 * @typedef {import("./request.js").Prompt} Prompt
 * @typedef {{
 *   config: {role_templates?: object, system_prefix_token_ids?: number[] | null},
 *   override_system_message: string | undefined,
 *   appendMessage: (role: string, content: string) => void,
 *   appendReplyHeader: (role: string) => void,
 *   appendEmptyThinkingReplyHeader: (role: string, thought: string) => void,
 *   getPromptArray: (config: object) => string[],
 *   constructor: Function,
 * }} Conversation
 * @typedef {{
 *   filledKVCacheLength: number,
 *   tokenizer: {encode: (text: string) => Int32Array},
 *   conversation: Conversation,
 *   config: object,
 * }} Pipeline not public in WebLLM; read at the pinned version
 */

/** What WebLLM puts at the beginning of an answer that must not think. */
export const EMPTY_THOUGHT = "<think>\n\n</think>\n\n";

/**
 * WebLLM fills its templates with String.replace, where `$$` and `$&` have a meaning. The system
 * template is always used; the others only where the model has them.
 *
 * @param {Message[]} messages
 * @param {Pipeline} pipeline
 */
export function escapeDollars(messages, pipeline) {
  const templates = pipeline.conversation.config.role_templates ?? {};
  return messages.map((message) =>
    message.role === "system" || message.role in templates
      ? { ...message, content: message.content.replaceAll("$", "$$$$") }
      : message,
  );
}

/**
 * The tokens of a prompt, counted upon a conversation of its own: the one under way is not touched.
 *
 * @param {Pipeline} pipeline
 * @param {Prompt} prompt
 */
export function promptLength(pipeline, { messages, reasoning }) {
  const { config } = pipeline.conversation;
  /** @type {Conversation} */
  const conversation = Reflect.construct(pipeline.conversation.constructor, [config]);
  for (const { role, content } of escapeDollars(messages, pipeline))
    if (role === "system") conversation.override_system_message = content;
    else conversation.appendMessage(role, content);
  if (reasoning === false) conversation.appendEmptyThinkingReplyHeader("assistant", EMPTY_THOUGHT);
  else conversation.appendReplyHeader("assistant");
  const counts = conversation
    .getPromptArray(pipeline.config)
    .map((text) => pipeline.tokenizer.encode(text).length);
  return counts.reduce((a, b) => a + b, config.system_prefix_token_ids?.length ?? 0);
}
