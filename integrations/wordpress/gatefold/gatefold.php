<?php
/**
 * Plugin Name: Gatefold
 * Description: Tells the gate in front of this site what each article is, who edits here, and what has changed.
 * Version: 0.1.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: MIT
 * Text Domain: gatefold
 *
 * Every file of includes/ does one thing. Settings are constants in wp-config.php, since secrets have no place in the
 * database: see docs/wordpress.md.
 */

namespace Gatefold;

defined('ABSPATH') || exit;

/** Posts of these types are articles; everything else is left to what the gate makes of it. */
function article_types(): array
{
    return (array) apply_filters('gatefold_article_types', ['post']);
}

foreach (['level', 'article-header', 'first-page', 'staff-probe', 'purge', 'site-health'] as $part) {
    require __DIR__ . "/includes/$part.php";
}
