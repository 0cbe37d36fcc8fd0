/** Rule of the alerts that `escalate` opens; it stands in no list of rules, because nothing is measured for it. */
export const escalationRule = 'escalation';
