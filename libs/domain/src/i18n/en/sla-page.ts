/** What staff do about promises and about complaints at suppliers. */
export const slaPage = {
  sla: {
    copyHint: 'All times are copied to a draft; change it, then put it in force.',
    activateHint:
      'Complaints that come from now on are kept by this version; open ones keep the version that they have.',
    fileHint:
      "Notes that we have complained at the supplier. The supplier's clock runs from now; the customer's clocks go on.",
    answerHint: "Notes the supplier's answer; its clock stops.",
    fileText: 'What we complained about',
    fileRef: "The supplier's number of it (may be empty)",
    answerText: "The supplier's answer",
  },
} as const;

export const slaAction = {
  copySlaPolicy: 'Copy to a new version',
  activateSlaPolicy: 'Put in force',
  fileUpstream: 'Note a complaint at the supplier',
  answerUpstream: "Note the supplier's answer",
} as const;

export const slaNotice = {
  slaPolicyCopied: 'Copied to a draft: change its times, then put it in force',
  slaPolicyActivated: 'In force for complaints that come from now on',
  upstreamFiled: "Noted; the supplier's clock runs",
  upstreamAnswered: "The supplier's answer is noted",
} as const;
