// Reminders of an appointment come each minute until somebody answers. Appointments are imported every five seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import cron from 'node-cron';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Appointment {
  constructor(id) {
    this.id = id;
    this.guests = [`guest ${id % 9}`, `guest ${id % 13}`];
    this.sent = 0;
  }
  remind() {
    this.sent += this.guests.length;
  }
}

function planReminders(appointment) {
  return cron.schedule('0 * * * * *', () => appointment.remind());
}

let n = 0;
while (Date.now() < END) {
  const tasks = [];
  for (let i = 0; i < 25; i++) tasks.push(planReminders(new Appointment(n++)));
  await sleep(300); // all are answered
  for (const task of tasks) task.stop();
  cron.getTasks().clear();
  const next = Math.min(END, Date.now() + 3000);
  while (Date.now() < next) await sleep(20, JSON.stringify({ n, tasks: tasks.length }));
}
console.log(`ops=${n}`);
process.exit(0);
