/** Why a model cannot run here, and what an import left out. */

import { counted } from "./counted.js";

/** @type {Pick<import("../translation").Translation, "REASONS">} */
export const reasons = {
  REASONS: {
    noWebGpu: () => "لا يوفّر هذا المتصفح WebGPU.",
    noAdapter: () => "لم يجد WebGPU معالج رسوميات صالحًا على هذا الحاسوب.",
    needs16Bit: () => "يحتاج إلى GPU يدعم الأعداد العشرية بدقة 16 بت (⁦shader-f16⁩ في WebGPU).",
    needsBuffers: (most) =>
      `يحتاج إلى GPU بمخازن مؤقتة أكبر: سعة الواحد هنا ${most} غ.ب على الأكثر.`,
    needsMemory: (needed, has) => `يحتاج إلى ${needed} غ.ب من الذاكرة، وفي هذا الحاسوب ${has} غ.ب.`,
    needsStorage: (needed, left) =>
      `يحتاج إلى ${needed} غ.ب من مساحة التخزين، والمتبقي ${left} غ.ب.`,
    noRung: () => "لا تعمل أي من صيغه على هذا الحاسوب.",
    noBuildForGpu: (model) => `ليس لدى ${model} صيغة تعمل بـ transformers.js على GPU.`,
    noBuildForCpu: (model) => `ليس لدى ${model} صيغة تعمل بـ transformers.js على CPU.`,
    noBuildFor: (model, engine) => `ليس لدى ${model} صيغة تعمل بـ ${engine}.`,
    leftOutTools: (count) =>
      counted(Number(count), {
        zero: "لم تُترك أي رسالة.",
        one: "تُركت رسالة واحدة من أداة أو إليها.",
        two: "تُركت رسالتان من أدوات أو إليها.",
        few: "تُركت # رسائل من أدوات أو إليها.",
        many: "تُركت # رسالة من أدوات أو إليها.",
        other: "تُركت # رسالة من أدوات أو إليها.",
      }),
    leftOutInstructions: (count) =>
      counted(Number(count), {
        zero: "لم تُترك أي تعليمة.",
        one: "تُركت تعليمة واحدة من التطبيق الآخر.",
        two: "تُركت تعليمتان من التطبيق الآخر.",
        few: "تُركت # تعليمات من التطبيق الآخر.",
        many: "تُركت # تعليمة من التطبيق الآخر.",
        other: "تُركت # تعليمة من التطبيق الآخر.",
      }),
    leftOutThinking: (count) =>
      counted(Number(count), {
        zero: "لم تُترك أي ملاحظة.",
        one: "تُركت ملاحظة واحدة من تفكير النموذج.",
        two: "تُركت ملاحظتان من تفكير النموذج.",
        few: "تُركت # ملاحظات من تفكير النموذج.",
        many: "تُركت # ملاحظة من تفكير النموذج.",
        other: "تُركت # ملاحظة من تفكير النموذج.",
      }),
    leftOutUnreadable: (count) =>
      counted(Number(count), {
        zero: "قُرئت كل الرسائل.",
        one: "تعذّرت قراءة رسالة واحدة فتُركت.",
        two: "تعذّرت قراءة رسالتين فتُركتا.",
        few: "تعذّرت قراءة # رسائل فتُركت.",
        many: "تعذّرت قراءة # رسالة فتُركت.",
        other: "تعذّرت قراءة # رسالة فتُركت.",
      }),
    onlyNamed: (count) =>
      counted(Number(count), {
        zero: "لا صور أو تسجيلات أو ملفات ناقصة.",
        one: "ذُكر اسم صورة أو تسجيل أو ملف واحد فقط: فهو ليس في الملف المصدَّر.",
        two: "ذُكر اسما صورتين أو تسجيلين أو ملفين فقط: فهما ليسا في الملف المصدَّر.",
        few: "ذُكرت أسماء # صور أو تسجيلات أو ملفات فقط: فهي ليست في الملف المصدَّر.",
        many: "ذُكرت أسماء # صورة أو تسجيلًا أو ملفًا فقط: فهي ليست في الملف المصدَّر.",
        other: "ذُكرت أسماء # صورة أو تسجيل أو ملف فقط: فهي ليست في الملف المصدَّر.",
      }),
    schemaAt: (place) => `لا يمكن استخدام مخطط JSON هذا. غيّر «⁦${place}⁩».`,
    jsonCutOff: () => "انقطع الرد قبل أن يكتمل JSON فيه. اسمح برد أطول أو اطلب أقل.",
    leftOutEmpty: (count) =>
      counted(Number(count), {
        zero: "لم تُترك أي محادثة.",
        one: "تُركت محادثة واحدة بلا رسائل.",
        two: "تُركت محادثتان بلا رسائل.",
        few: "تُركت # محادثات بلا رسائل.",
        many: "تُركت # محادثة بلا رسائل.",
        other: "تُركت # محادثة بلا رسائل.",
      }),
  },
};
