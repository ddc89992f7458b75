// Tells Decap to wait: editor.js starts it once our widgets, format and previews are there.
window.CMS_MANUAL_INIT = true;
