"""gunicorn -c deploy/gunicorn.conf.py wsgi:app. Each worker checks its database role when it loads the application."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4  # a thread holds one database connection: workers × threads of them at most
timeout = 60
graceful_timeout = 20
max_requests = 2000  # a PDF takes memory that Python does not give back
max_requests_jitter = 200
accesslog = None  # nginx keeps one; the application's own lines carry the request id
control_socket_disable = True  # systemd starts, reloads and stops it
