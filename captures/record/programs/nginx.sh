# An nginx of our own in the foreground, for the cases that ask for one (sourced by their files).

# nginx_configuration SERVER [HTTP]: one server on port 80; SERVER goes into its `server` block, HTTP into `http`.
nginx_configuration() { nginx_file nginx "$@"; }

# nginx_origin SERVER: the same for an origin behind a proxy, which the case's `ask` starts with
# `nginx -c "$RUN/origin.conf"`.
nginx_origin() { nginx_file origin "$@"; }

nginx_file() {
    cat >"$RUN/$1.conf" <<CONFIGURATION
user root;
daemon off;
worker_processes 1;
pid $RUN/$1.pid;
error_log $RUN/$1-error.log;
events { }
http {
    access_log off;
    default_type text/plain;
    client_body_temp_path $RUN/$1-body;
    proxy_temp_path $RUN/$1-proxy;
    fastcgi_temp_path $RUN/$1-fastcgi;
    uwsgi_temp_path $RUN/$1-uwsgi;
    scgi_temp_path $RUN/$1-scgi;
    ${3:-}
    server {
        listen 80;
        $2
    }
}
CONFIGURATION
}

serve() { nginx -c "$RUN/nginx.conf"; }
