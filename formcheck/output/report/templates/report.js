"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { times, box, bones, unseen } = data.figure;
  const bytes = Uint8Array.from(atob(data.figure.points), (letter) => letter.charCodeAt(0));
  const points = new DataView(bytes.buffer);
  const parts = times.length ? bytes.length / 4 / times.length : 0;
  const byId = (id) => document.getElementById(id);
  const video = byId("video"), figure = byId("figure"), slider = byId("at"), play = byId("play");
  const colours = { left: "#56b4e9", right: "#e69f00", middle: "#ebebeb" };
  const oneDigit = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  let usesVideo = Boolean(video), at = 0, isPlaying = false, since = null;

  const momentAt = (time) => {
    let low = 0, high = times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle] <= time + 0.001) low = middle; else high = middle - 1;
    }
    return low;
  };

  const point = (moment, part) => {
    const place = 4 * (moment * parts + part);
    const x = points.getInt16(place, true), y = points.getInt16(place + 2, true);
    return x === unseen || y === unseen ? null : [x, y];
  };

  const drawFigure = () => {
    const brush = figure.getContext("2d");
    const [left, top, width, height] = box;
    const scale = Math.min(figure.width / width, figure.height / height);
    const dx = (figure.width - width * scale) / 2, dy = (figure.height - height * scale) / 2;
    const placed = (xy) => [(xy[0] - left) * scale + dx, (xy[1] - top) * scale + dy];
    brush.fillStyle = "#12171d";
    brush.fillRect(0, 0, figure.width, figure.height);
    brush.lineCap = "round";
    brush.lineWidth = 6;
    let isSeen = false;
    const moment = momentAt(at);
    for (const [start, end, side] of times.length ? bones : []) {
      const one = point(moment, start), two = point(moment, end);
      if (!one || !two) continue;
      isSeen = true;
      brush.strokeStyle = brush.fillStyle = colours[side];
      brush.beginPath();
      brush.moveTo(...placed(one));
      brush.lineTo(...placed(two));
      brush.stroke();
    }
    const head = times.length ? data.figure.head.map((part) => point(moment, part)).filter(Boolean).map(placed) : [];
    if (head.length) {
      const middle = (axis) => head.reduce((sum, xy) => sum + xy[axis], 0) / head.length;
      brush.beginPath();
      brush.arc(middle(0), middle(1), Math.max(10, data.figure.head_px * scale), 0, 2 * Math.PI);
      brush.strokeStyle = colours.middle;
      brush.stroke();
    }
    if (!isSeen) {
      brush.fillStyle = "#a3b0bd";
      brush.font = "24px system-ui, sans-serif";
      brush.textAlign = "center";
      brush.fillText(data.words.nobody, figure.width / 2, figure.height / 2);
    }
  };

  const show = () => {
    document.documentElement.style.setProperty("--at", String(100 * Math.min(1, at / data.end_s)));
    slider.value = String(at);
    const told = `${at.toLocaleString(document.documentElement.lang, oneDigit)} s`;
    slider.setAttribute("aria-valuetext", told);
    byId("clock").textContent = told;
    if (!usesVideo) drawFigure();
  };

  const setPlaying = (wanted) => {
    isPlaying = wanted;
    since = null;
    play.textContent = wanted ? data.words.pause : data.words.play;
    if (usesVideo) { if (wanted) video.play().catch(() => setPlaying(false)); else video.pause(); }
    if (wanted) requestAnimationFrame(tick);
  };

  const seek = (time) => {
    at = Math.min(Math.max(time, 0), data.end_s);
    if (video) video.currentTime = at;
    show();
  };

  const tick = (now) => {
    if (!isPlaying) return;
    if (usesVideo) {
      at = video.currentTime;
      if (video.ended) setPlaying(false);
    } else {
      if (since !== null) at += (now - since) / 1000 * Number(byId("speed").value);
      since = now;
      if (at >= data.end_s) { at = data.end_s; setPlaying(false); }
    }
    show();
    if (isPlaying) requestAnimationFrame(tick);
  };

  const choose = (wantsVideo) => {
    setPlaying(false);
    usesVideo = wantsVideo;
    if (video) video.hidden = !wantsVideo;
    figure.hidden = wantsVideo;
    const which = byId("which");
    if (which) which.textContent = wantsVideo ? data.words.figure : data.words.video;
    if (video && wantsVideo) video.currentTime = at;
    show();
  };

  play.addEventListener("click", () => {
    if (!isPlaying && at >= data.end_s - 0.05) seek(0);
    setPlaying(!isPlaying);
  });
  slider.addEventListener("input", () => { setPlaying(false); seek(Number(slider.value)); });
  byId("speed").addEventListener("change", () => { if (video) video.playbackRate = Number(byId("speed").value); });
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-t]");
    const plot = event.target.closest("[data-plot]");
    if (chosen) seek(Number(chosen.dataset.t) + 0.001);
    else if (plot) {
      const place = plot.getBoundingClientRect();
      seek((event.clientX - place.left) / place.width * data.end_s);
    } else return;
    setPlaying(false);
    const screen = document.querySelector(".screen").getBoundingClientRect();
    if (chosen && (screen.bottom < 120 || screen.top > innerHeight - 120)) byId("watch").scrollIntoView();
  });
  if (figure && box) {
    const shape = Math.min(Math.max(box[3] / box[2], 0.4), 1.2);
    figure.height = Math.round(figure.width * shape);
  }
  if (video) {
    byId("which").addEventListener("click", () => choose(!usesVideo));
    video.addEventListener("error", () => {
      byId("note").textContent = data.words.no_video;
      byId("which").hidden = true;
      choose(false);
    });
    if (video.error) video.dispatchEvent(new Event("error"));
  }
  show();
})();
