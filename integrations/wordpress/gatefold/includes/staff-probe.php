<?php
/**
 * An address that is answered with success to whoever may edit posts, and to nobody else: /?gatefold-staff=1. The cookie that
 * browsers send everywhere is enough for it, and it costs no page of the administration.
 */

namespace Gatefold;

function is_staff_probe(): bool
{
    return isset($_GET['gatefold-staff']) && $_GET['gatefold-staff'] === '1';
}

// Passwords of applications are heeded by the REST API alone unless it is said that this is one of its kind.
add_filter('application_password_is_api_request', fn ($is_api) => $is_api || is_staff_probe());

add_action('init', function () {
    if (!is_staff_probe()) {
        return;
    }
    nocache_headers();
    status_header(current_user_can('edit_posts') ? 204 : 403);
    exit;
}, 0);
