(function () {
  var input = document.getElementById('find');
  var list = document.getElementById('found');
  var root = document.body.getAttribute('data-root');
  var all = window.honeHeadings || [];
  function show() {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.textContent = '';
    list.hidden = words.length === 0;
    if (words.length === 0) { return; }
    var hits = all.filter(function (entry) {
      var text = (entry[0] + ' ' + entry[1]).toLowerCase();
      return words.every(function (word) { return text.indexOf(word) >= 0; });
    });
    hits.slice(0, 20).forEach(function (entry) {
      var item = document.createElement('li');
      var link = document.createElement('a');
      link.href = root + entry[2];
      link.textContent = entry[0];
      var page = document.createElement('small');
      page.textContent = entry[0] === entry[1] ? '' : ' ' + entry[1];
      item.appendChild(link);
      item.appendChild(page);
      list.appendChild(item);
    });
    if (hits.length === 0) {
      var none = document.createElement('li');
      none.textContent = 'No heading has these words.';
      list.appendChild(none);
    }
  }
  input.addEventListener('input', show);
  document.addEventListener('keydown', function (event) {
    if (event.key === '/' && document.activeElement.tagName !== 'INPUT') {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape') {
      input.value = '';
      show();
    }
  });
  var narrow = window.matchMedia('(max-width: 60rem)');
  document.querySelector('details.pages').open = !narrow.matches;
})();
