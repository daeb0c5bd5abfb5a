/** The conversation, the list of conversations and the page around them. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "TEXT" | "CHAT_SENTENCES" | "HISTORY" |
 *   "HISTORY_SENTENCES" | "MESSAGE" | "MESSAGE_SENTENCES" | "PAGE" | "SHORTCUTS">}
 */
export const chat = {
  TEXT: {
    you: "你",

    starting: "正在启动",
    ready: "就绪",
    notRunning: "未运行",
    waitingForPython: "正在启动 Python",
    loading: "正在加载",
    answering: "正在回答",
    stopping: "正在停止",

    waitsInLine: "正在启动 Python，你的消息在排队",
    reading: "正在读取你的消息…",
    stopped: "你停止了这条回答。",
    stoppedBeforeText: "回答开始前已停止。",
    cutOff: "回答已达到长度上限。",
    noText: "模型没有给出任何文字。",

    send: "发送",
    stop: "停止",
    cancel: "取消",
    retry: "重试",
    askForAccess: "申请访问权限",
    askAgain: "重新提问",
    reload: "重新加载",
    undo: "撤销",
    dismiss: "关闭提示",
    details: "详细信息",
    why: "为什么？",
    copy: "复制",
    copied: "已复制",
    copyFailed: "未能复制",
    copyAnswer: "复制回答",
    copyCode: "复制代码",
    copyDetails: "复制详细信息",

    close: "关闭",
    newVersion: "localm 有新版本可用。",
  },

  CHAT_SENTENCES: {
    loadingModel: (model) => `正在加载 ${model}`,
    useModel: (model) => `使用 ${model}`,
    droppedMessages: (count) =>
      plural(count, { other: "最早的 # 条消息已超出模型的上下文窗口，因此被略去。" }),

    noWebGpu: "WebGPU 不可用，改由 CPU 回答",
    startsAgain: (engine) => `${engine} 已停止，回答重新开始`,
    anotherTakesOver: (engine) => `${engine} 无法运行该模型，改用另一个引擎`,
    toDownloadFirst: (line, bytes) => `${line}（需先下载 ${bytes}）`,
    stoppedAndAnswered: (failed, next, device) =>
      `${failed} 已停止，由 ${next} 在 ${device} 上回答`,
    couldNotAndAnswered: (failed, next, device) =>
      `${failed} 无法运行该模型，由 ${next} 在 ${device} 上回答`,

    pageFailed: "页面无法显示这条回答。请重试；如果仍然如此，请重新加载页面。",

    tokens: (count) => plural(count, { other: "# 个词元" }),
    tokensPerSecond: (count) => `${count} 词元/秒`,
    firstText: (seconds) => `${seconds} 秒后出现首个文字`,
  },

  HISTORY: {
    title: "对话",
    show: "显示对话列表",
    hide: "隐藏对话列表",
    search: "搜索对话",
    none: "你的对话会列在这里，只保存在此浏览器中。",
    nothingFound: "没有找到。",
    results: "搜索结果",
    pinned: "已置顶",
    today: "今天",
    yesterday: "昨天",
    thisWeek: "过去 7 天",
    thisMonth: "过去 30 天",
    untitled: "无标题",
    rename: "重命名",
    newTitle: "标题",
    pin: "置顶",
    unpin: "取消置顶",
    asMarkdown: "保存为 Markdown",
    remove: "删除",
    removed: "对话已删除。",
    isGone: "该对话已不在此处。",
    notKept: "此对话无法保存到浏览器中。请在关闭页面前将其导出。",
    noRoom: "浏览器的存储空间已满，此对话未能保存。请移除一个模型，或删除旧对话。",
    refused: "此浏览器不在这里保存对话（是无痕窗口吗？）。页面关闭后对话就会消失。",
    lost: "浏览器的存储已被清空，重新加载页面之前不会保存任何内容。屏幕上的内容仍会保留。",
    newer:
      "你的对话由更新版本的 localm 保存。请重新加载页面以获取新版本；在此之前不会保存任何内容。",
    broken: "无法打开已保存的对话。请重新加载页面；如果仍然不行，可以舍弃它们重新开始。",
    reset: "重新开始",
  },

  HISTORY_SENTENCES: {
    optionsFor: (title) => `“${title}”的选项`,
    found: (count) => plural(count, { other: "# 个对话" }),
    otherVersions: (count) => plural(count, { other: "另有 # 个版本不在此文件中。" }),
  },

  MESSAGE: {
    versions: "版本",
    older: "上一个版本",
    newer: "下一个版本",
    copyPrompt: "复制消息",
    copyText: "复制为纯文本",
    asText: "纯文本",
    edit: "编辑",
    editing: "编辑消息",
    saveEdit: "发送",
    edited: "原来的内容会作为另一个版本保留。",
    regenerate: "重新生成",
    goOn: "继续",
    remove: "删除",
    interrupted: "这条回答被中断了。",
    elsewhere: "另一个标签页正在写这条回答。",
    earlier: "显示更早的消息",
    waits: "正在先回答另一个对话",
  },

  MESSAGE_SENTENCES: {
    deletedTurns: (turns) => plural(turns, { other: "已删除 # 轮问答。" }),
  },

  PAGE: {
    conversations: "对话",
    showConversations: "显示对话列表",
    models: "模型",
    settings: "设置",
    newChat: "新对话",
    starting: "正在启动",
    conversation: "当前对话",
    welcome: "欢迎",
    promise: "在这台电脑上运行。你输入的内容不会离开它。",
    starters: "可以这样问",
    startersNote: "内置的小模型 Guide 只懂英语；Qwen3 也会中文。",
    latest: "最新",
    newMessage: "新消息",
    message: "消息",
    writeMessage: "输入消息",
    attach: "添加文件",
    send: "发送",
    stop: "停止",
    stopByKey: "停止（Esc）",
  },

  SHORTCUTS: {
    title: "键盘快捷键",
    list: "显示此列表",
    send: "发送消息",
    line: "换行",
    stop: "停止回答",
    newChat: "新对话",
    search: "搜索对话",
    side: "显示或隐藏对话列表",
    message: "输入消息",
    ctrl: "Ctrl",
    shift: "Shift",
    keys: { enter: "Enter", escape: "Esc" },
  },
};
