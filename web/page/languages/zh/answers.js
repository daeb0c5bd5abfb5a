/** How the model answers, what goes with a message, and the words around what an answer holds. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "ANSWERS" | "ANSWER_SENTENCES" |
 *   "BUILT_IN_PRESETS" | "ATTACHING" | "ATTACHING_SENTENCES" | "RENDERING" | "RENDERING_SENTENCES">}
 */
export const answers = {
  ANSWERS: {
    title: "回答",
    forNew: "用于新对话。",
    forLater: "以后的新对话沿用最近一次的设置。",
    system: "系统提示词",
    systemHint: "在对话开始前告诉模型的话。留空则什么也不说。",

    presets: "预设",
    savePreset: "存为预设",
    presetName: "预设名称",
    save: "保存",
    cancel: "取消",
    undo: "撤销",
    rename: "重命名",
    remove: "删除",
    replaced: "你自己写的文字已被替换。",
    nameTaken: "已有同名的预设。",
    noName: "请先填写名称。",
    noPresets: "没有预设。",

    names: {
      temperature: "温度",
      top_p: "Top p",
      top_k: "Top k",
      max_tokens: "最大词元数",
      seed: "随机种子",
      presence_penalty: "存在惩罚",
      frequency_penalty: "频率惩罚",
    },
    hints: {
      temperature: "从 0（最可预料）到 2（最天马行空）。",
      top_p: "大于 0，最大为 1。越低越稳妥。",
      top_k: "只取最可能的这么多个词。WebLLM 不支持。",
      max_tokens: "一条回答最长可以有多长。",
      seed: "留空：每次都用新的。",
      presence_penalty: "从 -2 到 2。越高，内容越多样。",
      frequency_penalty: "从 -2 到 2。越高，重复越少。",
    },
    byDefault: "默认",
    empty: { seed: "随机", top_k: "关闭" },

    stop: "停止字符串",
    stopHint: "每行一个，最多 8 个。回答会在最先出现的那个之前结束。",
    reasoning: "思考",
    reasoningChoices: { default: "模型默认", on: "开启", off: "关闭" },
    reasoningHint: "模型在回答之前是否先思考。",
    format: "回答格式",
    formats: { text: "文本", json_object: "JSON", json_schema: "JSON Schema" },
    schema: "JSON Schema",
    schemaHint: "回答会遵循这个 Schema。",

    reset: "恢复模型的默认值",
    wasReset: "这些设置都已恢复为模型的默认值。系统提示词保持不变。",
    isDefault: "这些设置已经都是模型的默认值。",
    resetUndone: "设置已恢复原样。",
  },

  ANSWER_SENTENCES: {
    tooManyStops: "停止字符串最多 8 个。",
    noSchema: '请填写 Schema，例如 {"type": "object"}。',
    noObject: "Schema 是一个对象：以 { 开头，以 } 结尾。",
    noJson: "这不是 JSON。",
    noJsonAt: (line, column) => `这不是 JSON。请查看第 ${line} 行第 ${column} 列。`,
    mustBeNumber: "这里必须是数字。",
    mustBeWhole: "这里必须是整数。",
    above: (min, max) => `必须大于 ${min}，且不超过 ${max}。`,
    orMore: (min) => `必须不小于 ${min}。`,
    between: (min, max) => `必须在 ${min} 到 ${max} 之间。`,
    stillInUseDefault: "仍在使用模型的默认值。",
    stillInUse: (value) => `仍在使用：${value}。`,
    forConversation: (title) => `用于对话“${title}”。`,
    cannotReason: (model) => `${model} 不支持思考。`,
    optionsOfPreset: (name) => `预设“${name}”的选项`,
    presetSaved: (name) => `已保存预设“${name}”。`,
    presetReplaced: (name) => `已替换预设“${name}”。`,
    presetRemoved: (name) => `已删除预设“${name}”。`,
    numbered: (name, number) => `${name}（${number}）`,
  },

  BUILT_IN_PRESETS: [
    {
      id: "short",
      name: "简短回答",
      text: "用一两句话回答。不要问候语和结束语。",
    },
    {
      id: "simple",
      name: "通俗易懂",
      text: "用浅显的词语和简短的句子解释，并举一个日常生活中的例子。",
    },
    {
      id: "proofreader",
      name: "校对",
      text: "改正所给文字中的错别字和语法错误。不要改动其他内容，只回答改正后的文字。",
    },
    {
      id: "programmer",
      name: "编程",
      text: "你在帮助一位有经验的程序员。请用中文回答，先给出代码，再简短说明理由。没有把握时请说明。",
    },
  ],

  ATTACHING: {
    attach: "添加文件",
    files: "已添加的文件",
    choose: "要添加的文件",
    goAlong: "已添加的文件会一起发送。",
    drop: "把文本文件拖到这里即可添加。",
    window: "上下文窗口",
  },

  ATTACHING_SENTENCES: {
    tokens: (count) => plural(count, { other: "# 个词元" }),
    aboutTokens: (count) => plural(count, { other: "约 # 个词元" }),
    removeFile: (name) => `移除 ${name}`,
    fileAttached: (name) => `已添加 ${name}。`,
    fileRemoved: (name) => `已移除 ${name}。`,
    notText: (name) => `${name} 不是文本文件。只能添加文本。`,
    unknownEncoding: (name) => `${name} 使用了旧的编码。请另存为 UTF-8，然后重新添加。`,
    fileTooLarge: (name) => `${name} 超过 1 MB。请只添加其中一部分。`,
    fileEmpty: (name) => `${name} 是空的。`,
    fileNotRead: (name) => `无法读取 ${name}。请重新选择。`,
    othersRefused: (count) => plural(count, { other: "另有 # 个文件也未能添加。" }),
    beginningOf: (shown, all) => `共 ${all} 个字符，这里是前 ${shown} 个。`,
    copyFile: (name) => `复制 ${name}`,
    windowUsed: (used, all) => plural(all, { other: `已用 ${used} / # 个词元` }),
    windowUsedAbout: (used, all) => plural(all, { other: `约用 ${used} / # 个词元` }),
    messageTooLong: (room) =>
      plural(room, { other: "这条消息太长：最多容纳 # 个词元。请缩短，或少添加一些文件。" }),
    keptForAnswer: (room) => plural(room, { other: "其中 # 个词元留给回答。" }),
    willBeDropped: (count) => plural(count, { other: "最早的 # 条消息将不会被读取。" }),
  },

  RENDERING: {
    code: "代码",
    plainText: "文本",
    table: "表格",
    formula: "公式",
    wrap: "换行",
    wrapLines: "长行自动换行",
    download: "下载",
    downloadCode: "下载代码",
    thinking: "正在思考…",
    thought: "思考过程",
    loadImage: "加载图片",
    loadingImage: "正在加载…",
    image: "图片",
    imageFailed: "它的服务器不向其他页面提供图片，或没有响应。点击上方的地址可在新标签页中打开。",
    noAddress: "没有地址",
    thoughtShortly: "思考了片刻",
  },

  RENDERING_SENTENCES: {
    thoughtSeconds: (seconds) => `思考了 ${seconds} 秒`,
    thoughtMinutes: (minutes, seconds) => `思考了 ${minutes} 分 ${seconds} 秒`,
  },
};
