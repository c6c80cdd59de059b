namespace MarginalConditional.Compare.Persons;

/// <summary>The covariance of standardized means of Ye, Bannick, Yi and Shao (2023): covariates sampled, whatever the model.</summary>
/// <remarks>
/// nV_aa = S_a/π_a + 2C_aa − Σ_aa and nV_ab = C_ab + C_ba − Σ_ab, with Σ the covariance of the predictions over everybody,
/// C_ab = cov(y, m(b)) in arm a, and S_a the variance of y − m(a) in arm a: from its parts, var(y) − 2C_aa + Σ_aa with Σ over everybody,
/// or (modified) from the residuals themselves. Under permuted blocks Σ_z (n_z/n) q_z q_zᵀ ∘ (diag π − ππᵀ) is subtracted, q_za = r̄_za/π_a
/// with r̄_za the mean residual of an arm in a stratum, after the arm's (with minimization: the arm's in the stratum) was added to m.
/// </remarks>
internal static class YeVariance
{
    /// <summary>The covariance of the means, arms × arms.</summary>
    /// <param name="sums">The persons and what the model says of them.</param>
    /// <param name="beta">β̂.</param>
    /// <param name="modified">Whether the residuals' own variance is taken.</param>
    /// <param name="balanced">Whether the arms' shares are fixed in each stratum.</param>
    public static double[] Of(PersonSums sums, ReadOnlySpan<double> beta, bool modified, bool balanced)
    {
        var persons = sums.Persons;
        var (n, arms) = (persons.Count, persons.Arms);
        var means = Predictions(sums, beta);
        var share = new double[arms];
        for (var i = 0; i < n; i++)
        {
            share[persons.ArmOf(i)] += 1.0 / n;
        }

        var everybody = Enumerable.Range(0, n).ToArray();
        var members = Enumerable.Range(0, arms).Select(a => Array.FindAll(everybody, i => persons.ArmOf(i) == a)).ToArray();
        var (sigma, cross) = (new double[arms * arms], new double[arms * arms]);
        for (var a = 0; a < arms; a++)
        {
            for (var b = 0; b < arms; b++)
            {
                sigma[(a * arms) + b] = Covariance(everybody, means[a], means[b]);
                cross[(a * arms) + b] = Covariance(members[a], persons.Response, means[b]);
            }
        }

        var covariance = new double[arms * arms];
        for (var a = 0; a < arms; a++)
        {
            for (var b = 0; b < arms; b++)
            {
                var at = (a * arms) + b;
                covariance[at] = (cross[at] + cross[(b * arms) + a] - sigma[at]) / n;
                if (a == b)
                {
                    covariance[at] += Spread(a) / share[a] / n;
                }
            }
        }

        if (balanced)
        {
            Subtract(persons, means, share, covariance);
        }

        return covariance;

        double Spread(int a)
        {
            if (!modified)
            {
                var at = (a * arms) + a;
                return Covariance(members[a], persons.Response, persons.Response) - (2 * cross[at]) + sigma[at];
            }

            var residual = new double[n];
            foreach (var i in members[a])
            {
                residual[i] = persons.Response[i] - means[a][i];
            }

            return Covariance(members[a], residual, residual);
        }
    }

    /// <summary>m(a) of every person, with the mean residual of the arm (in the stratum) added.</summary>
    private static double[][] Predictions(PersonSums sums, ReadOnlySpan<double> beta)
    {
        var (persons, functional) = (sums.Persons, sums.Functional);
        var rows = sums.Predictions.Rows;
        var (scratch, total) = (new double[2 * persons.Arms * rows], new double[functional.Sums]);
        sums.Total(beta, scratch, total);
        var means = new double[persons.Arms][];
        for (var a = 0; a < persons.Arms; a++)
        {
            means[a] = new double[persons.Count];
            for (var i = 0; i < persons.Count; i++)
            {
                var row = persons.Row[i];
                var z = sums.StratumOf(row);
                means[a][i] = scratch[((persons.Arms + a) * rows) + row]
                    + (total[functional.Residual(z, a)] / total[functional.Received(z, a)]);
            }
        }

        return means;
    }

    private static void Subtract(PersonRows persons, double[][] means, double[] share, double[] covariance)
    {
        var arms = persons.Arms;
        var (residual, members, size) = (new double[persons.Strata * arms], new double[persons.Strata * arms], new double[persons.Strata]);
        for (var i = 0; i < persons.Count; i++)
        {
            var row = persons.Row[i];
            var (z, a) = (persons.Stratum[row], persons.Arm[row]);
            residual[(z * arms) + a] += persons.Response[i] - means[a][i];
            members[(z * arms) + a]++;
            size[z]++;
        }

        for (var z = 0; z < persons.Strata; z++)
        {
            for (var a = 0; a < arms; a++)
            {
                for (var b = 0; b < arms; b++)
                {
                    var product = residual[(z * arms) + a] / members[(z * arms) + a] / share[a]
                        * (residual[(z * arms) + b] / members[(z * arms) + b] / share[b]);
                    var fixedPart = ((a == b ? share[a] : 0) - (share[a] * share[b])) * product;
                    covariance[(a * arms) + b] -= size[z] / persons.Count * fixedPart / persons.Count;
                }
            }
        }
    }

    /// <summary>The covariance of two numbers over some persons, with the divisor of an unbiased one.</summary>
    private static double Covariance(int[] members, double[] x, double[] y)
    {
        var (meanX, meanY) = (0.0, 0.0);
        foreach (var i in members)
        {
            meanX += x[i] / members.Length;
            meanY += y[i] / members.Length;
        }

        var sum = 0.0;
        foreach (var i in members)
        {
            sum += (x[i] - meanX) * (y[i] - meanY);
        }

        return sum / (members.Length - 1);
    }
}
