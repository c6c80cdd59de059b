# Ordinal GEE by brute force: whole matrices a cluster, Newton with moments until nothing moves. Run from this folder: Rscript ordinal_gee.R
# Estimates under independence are checked against ordinal::clm. Writes JSON to standard output.
suppressMessages({library(ordinal); library(jsonlite)})
d <- read.csv("../data/arthritis.csv"); d <- d[complete.cases(d$y), ]
d <- d[order(d$id, d$time), ]
X <- model.matrix(~ factor(trt) + factor(time) + baseline, d)[, -1]
F <- list(logit = plogis, probit = pnorm, cloglog = function(x) 1 - exp(-exp(x)))
f <- list(logit = dlogis, probit = dnorm, cloglog = function(x) exp(x - exp(x)))
wave <- match(d$time, sort(unique(d$time))); J <- 4
fit <- function(link, corr, nominal = integer(0)) {
  shared <- setdiff(seq_len(ncol(X)), nominal)
  rows <- function(i) do.call(rbind, lapply(1:J, function(k) {
    unit <- diag(J)[k, ]
    c(unit, -X[i, shared], unlist(lapply(nominal, function(j) -X[i, j] * unit)))
  }))
  D0 <- lapply(seq_len(nrow(d)), rows)
  names0 <- c(paste0(1:J, "|", 2:(J + 1)), colnames(X)[shared],
              unlist(lapply(nominal, function(j) paste0(colnames(X)[j], "@", 1:J, "|", 2:(J + 1)))))
  b <- c(qlogis(cumsum(prop.table(table(d$y)))[1:J]), rep(0, ncol(D0[[1]]) - J))
  if (link != "logit") b[1:J] <- (if (link == "probit") qnorm else function(p) log(-log(1 - p)))(cumsum(prop.table(table(d$y)))[1:J])
  alpha <- 0; who <- split(seq_len(nrow(d)), d$id); p <- length(b)
  R <- function(w) { n <- length(w); if (corr == "independence") diag(n) else if (corr == "exchangeable") { m <- matrix(alpha, n, n); diag(m) <- 1; m } else alpha^abs(outer(w, w, "-")) }
  for (turn in 1:500) {
    M <- matrix(0, p, p); meat <- M; U <- numeric(p); num <- 0; den <- 0
    for (g in who) {
      e <- list(); G <- list()
      for (i in g) {
        eta <- as.vector(D0[[i]] %*% b); m <- F[[link]](eta)
        S <- outer(1:J, 1:J, function(k, l) m[pmin(k, l)] * (1 - m[pmax(k, l)]))
        L <- t(chol(S))
        e[[length(e) + 1]] <- forwardsolve(L, (d$y[i] <= 1:J) - m)
        G[[length(G) + 1]] <- forwardsolve(L, f[[link]](eta) * D0[[i]])
      }
      n <- length(g); W <- kronecker(solve(R(wave[g])), diag(J))
      E <- unlist(e); H <- do.call(rbind, G)
      u <- t(H) %*% W %*% E; U <- U + u; M <- M + t(H) %*% W %*% H; meat <- meat + u %*% t(u)
      if (n > 1) for (s in 2:n) for (t in 1:(s - 1)) if (corr == "exchangeable" || wave[g[s]] - wave[g[t]] == 1) { num <- num + sum(e[[s]] * e[[t]]); den <- den + J }
    }
    step <- solve(M, U); b <- as.vector(b + step); old <- alpha
    if (corr != "independence") alpha <- num / (den - if (corr == "ar1") p else 0)  # AR(1) by pairs one wave apart, less p: the other convention uses all lags
    if (max(abs(step)) < 1e-12 && abs(alpha - old) < 1e-12) break
  }
  B <- solve(M); V <- B %*% meat %*% B
  list(names = names0, b = b, alpha = alpha, robust = sqrt(diag(V)), model = sqrt(diag(B)), V = V)
}
out <- list()
for (link in c("logit", "probit", "cloglog")) for (corr in c("independence", "exchangeable", "ar1")) {
  r <- fit(link, corr); out[[paste(link, corr)]] <- r[c("b", "alpha", "robust", "model")]
}
r <- fit("logit", "exchangeable", 4); out[["partial"]] <- c(r[c("names", "b", "alpha", "robust", "model")])
r <- fit("logit", "exchangeable", 1:4); C <- matrix(0, 12, 20); row <- 0
for (j in 1:4) for (k in 2:4) { row <- row + 1; C[row, 4 + (j - 1) * 4 + 1] <- -1; C[row, 4 + (j - 1) * 4 + k] <- 1 }
wald <- function(rows) { K <- C[rows, , drop = FALSE]; as.vector(t(K %*% r$b) %*% solve(K %*% r$V %*% t(K), K %*% r$b)) }
out[["test"]] <- list(statistic = c(wald(1:3), wald(4:9), wald(10:12), wald(1:12)))
ci <- clm(factor(y) ~ factor(trt) + factor(time), nominal = ~ baseline, data = d)
rn <- fit("logit", "independence", 4)
cat("largest difference from clm, partial:", max(abs(c(rn$b[1:4] - ci$alpha[1:4], rn$b[5:7] - ci$beta, rn$b[8:11] + ci$alpha[5:8]))), "\n", file = stderr())
for (link in c("logit", "probit", "cloglog")) { c0 <- clm(factor(y) ~ factor(trt) + factor(time) + baseline, data = d, link = link); cat(link, max(abs(c(c0$alpha, c0$beta) - out[[paste(link, "independence")]]$b)), "\n", file = stderr()) }
cat(toJSON(out, digits = 15, auto_unbox = TRUE, pretty = TRUE))
