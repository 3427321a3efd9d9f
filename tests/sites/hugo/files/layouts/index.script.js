window.stories = { {{ range site.RegularPages }}
  {{ .RelPermalink | jsonify }}: {{ .Plain | jsonify }},{{ end }}
};
