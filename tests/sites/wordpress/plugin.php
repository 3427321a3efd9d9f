<?php
/*
 * Switches the plugin on or off (STATE) in the WordPress at SITE, and gives the test what it needs: levels for posts (LEVELS, JSON
 * of post to level), an application password of the editor's, and a member who may only read. Prints "READY" and JSON.
 */
$_SERVER['HTTP_HOST'] = getenv('PUBLIC_HOST');
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
require getenv('SITE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

if (getenv('STATE') === 'off') {
    deactivate_plugins('gatefold/gatefold.php');
    foreach (get_posts(['numberposts' => -1, 'meta_key' => '_gatefold_level']) as $post) {
        delete_post_meta($post->ID, '_gatefold_level');
    }
    exit("READY {}\n");
}
$failed = activate_plugin('gatefold/gatefold.php');
if (is_wp_error($failed)) {
    exit('FAILED ' . $failed->get_error_message() . "\n");
}
foreach (json_decode(getenv('LEVELS'), true) as $id => $level) {
    update_post_meta((int) $id, '_gatefold_level', $level);
}
$editor = get_user_by('login', 'editor');
WP_Application_Passwords::delete_all_application_passwords($editor->ID);
[$password] = WP_Application_Passwords::create_new_application_password($editor->ID, ['name' => 'test']);
if (!username_exists('member')) {
    wp_insert_user(['user_login' => 'member', 'user_pass' => 'Lantern-2026-z', 'user_email' => 'member@example.com', 'role' => 'subscriber']);
}
echo 'READY ' . wp_json_encode(['password' => $password]) . "\n";
