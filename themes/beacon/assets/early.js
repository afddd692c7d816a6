(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("theme"), text = localStorage.getItem("text");
    if (theme && !root.dataset.theme) root.dataset.theme = theme;
    if (text) root.dataset.text = text;
  } catch (e) { /* storage is off: the reader's own settings apply */ }
})();
