/** The settings, with export, import and deletion. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "SETTINGS" | "SETTINGS_SENTENCES" | "DATA" |
 *   "DATA_SENTENCES">}
 */
export const settings = {
  SETTINGS: {
    title: "设置",
    theme: "主题",
    themes: { system: "跟随系统", light: "浅色", dark: "深色" },

    sendWith: "发送方式",
    language: "语言",
    asBrowser: "跟随浏览器",
    afterReload: "重新加载页面后，语言才会切换。",
    reloadNow: "立即重新加载",
    answerFirst: "正在写一条回答。请等它结束后再重新加载。",

    models: "模型的来源",
    hubAddress: "模型库地址",
    hubHint: "一个 URL，其后可写它发送文件所用的其他主机，以空格分隔。留空则使用默认地址。",
    save: "保存",
    useDefault: "使用默认地址",
    saving: "正在检查地址…",
    mirror: "此服务器已有的模型从它获取，其余的从模型库获取。",

    data: "你的数据",
  },

  SETTINGS_SENTENCES: {
    defaultHub: (address) => `默认地址是 ${address}。`,
    hubInUse: (address) => `模型从 ${address} 获取。`,
    addressStays: (address) => `仍在使用：${address}。`,
    defaultStays: "仍在使用默认地址。",
  },

  DATA: {
    about: "对话、设置和模型都保存在此浏览器中，不在别处。",
    aboutImport:
      "可以导入 localm、ChatGPT（conversations.json）和 WebLLM Chat 的导出文件，也可以把文件拖到这里。",
    export: "导出",
    import: "导入",
    importFiles: "要导入的文件",
    chooseAnother: "选择其他文件",
    reading: "正在读取文件…",
    readingFiles: "正在读取这些文件…",
    starting: "先启动 Python…",
    undo: "撤销",
    importUndone: "已撤销导入。",
    nothingExported: "还没有可以导出的内容。",
    tooLarge: "此文件超过 200 MB。请分批导入。",
    notRead: "浏览器无法读取此文件。请重新选择。",
    notStored: "对话无法保存在这里，没有导入任何对话。",
    noRoom: "浏览器的存储空间已满，没有导入任何内容。请移除一个模型或删除旧对话，然后重试。",
    notUndone: "此操作未能撤销。",
    notDeleted: "对话未能删除。",

    deleteEverything: "全部删除",
    deleteQuestion: "要全部删除吗？",
    presetsAndSettings: "预设和设置",
    modelsStay: "模型会保留。",
    delete: "删除",
    cancel: "取消",
    deleted: "上述内容已全部删除。",
    deletionUndone: "已全部恢复。",
  },

  DATA_SENTENCES: {
    noneIn: (app) => `此 ${app} 导出文件中没有对话。`,
    foundIn: (count, app) => plural(count, { other: `来自 ${app} 的 # 个对话。` }),
    importedFrom: (count, app) => plural(count, { other: `已导入来自 ${app} 的 # 个对话。` }),
    allAreHere: "这些对话都已在这里。",
    imported: (count) => plural(count, { other: "已导入 # 个。" }),
    areHere: (count) => plural(count, { other: "# 个已在这里。" }),
    presetsImported: (count) => plural(count, { other: "已导入 # 个预设。" }),
    exported: (name, count) => plural(count, { other: `已保存 ${name}，含 # 个对话。` }),
    conversationsGo: (count) => plural(count, { other: "全部 # 个对话" }),
    alsoModels: (count, bytes) => plural(count, { other: `同时删除 # 个已下载的模型（${bytes}）` }),
  },
};
