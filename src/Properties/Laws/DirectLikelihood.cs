using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Laws;

/// <summary>
/// The log-likelihood of a few clusters with one normal intercept each, by Simpson's rule over a fixed grid, climbed without derivatives
/// (Nelder and Mead 1965): slow and obvious, and of no other code of the library.
/// </summary>
internal sealed class DirectLikelihood
{
    private const int Intervals = 160;

    private const double Reach = 8;

    private const int Rounds = 4;

    private const int Steps = 400;

    private const double Settled = 1e-12;

    private readonly TrialData trial;
    private readonly (int[] Rows, int Times)[] clusters;

    /// <summary>Of a trial without covariates, of an outcome of dispersion 1.</summary>
    public DirectLikelihood(TrialData trial)
    {
        this.trial = trial;
        var all = Enumerable.Range(0, trial.Rows)
            .GroupBy(row => trial.Clusters[row], StringComparer.Ordinal)
            .Select(rows => rows.ToArray());
        clusters = [.. all.GroupBy(Content, StringComparer.Ordinal).Select(alike => (alike.First(), alike.Count()))];
    }

    /// <summary>The parameters of the highest point found: intercept, effect, σ.</summary>
    public double[] Maximum()
    {
        double[] best = [0, 0, 0.5];
        for (var round = 0; round < Rounds; round++)
        {
            best = Climb(best, round == 0 ? 0.5 : 0.1);
        }

        best[2] = Math.Abs(best[2]);
        return best;
    }

    /// <summary>ℓ at intercept, effect and σ.</summary>
    public double At(double[] parameters)
    {
        var (family, link) = (trial.Model.Family, trial.Model.EffectiveLink);
        var (total, step) = (0.0, 2 * Reach / Intervals);
        var terms = new double[Intervals + 1];
        foreach (var (rows, times) in clusters)
        {
            for (var k = 0; k <= Intervals; k++)
            {
                var z = -Reach + (k * step);
                terms[k] = Math.Log(k is 0 or Intervals ? 1 : k % 2 == 1 ? 4 : 2) - (0.5 * z * z);
                foreach (var row in rows)
                {
                    var eta = parameters[0] + (parameters[1] * trial.Treatment[row]) + (Math.Abs(parameters[2]) * z);
                    terms[k] += family.LogDensity(trial.Outcome[row], link.Mean(eta), 1, 1);
                }
            }

            var largest = terms.Max();
            total += times * (largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)) * step / (3 * Math.Sqrt(2 * Math.PI))));
        }

        return double.IsNaN(total) ? double.NegativeInfinity : total;
    }

    /// <summary>What a cluster adds is a matter of these.</summary>
    private string Content(int[] rows)
    {
        var values = rows.Select(row => FormattableString.Invariant($"{trial.Treatment[row]}:{trial.Outcome[row]:R}"));
        return string.Join(' ', values.Order(StringComparer.Ordinal));
    }

    /// <summary>One descent of Nelder and Mead on −ℓ, from a simplex of some size.</summary>
    private double[] Climb(double[] start, double size)
    {
        var m = start.Length;
        var simplex = new List<(double[] Point, double Value)> { (start, At(start)) };
        for (var j = 0; j < m; j++)
        {
            double[] point = [.. start];
            point[j] += size;
            simplex.Add((point, At(point)));
        }

        for (var step = 0; step < Steps; step++)
        {
            simplex.Sort((left, right) => right.Value.CompareTo(left.Value));
            if (simplex[0].Value - simplex[m].Value < Settled)
            {
                break;
            }

            var (worst, value) = simplex[m];
            var centre = Enumerable.Range(0, m).Select(j => simplex.Take(m).Average(corner => corner.Point[j])).ToArray();
            double[] Along(double share) => [.. centre.Select((middle, j) => middle + (share * (middle - worst[j])))];
            var mirrored = Along(1);
            var height = At(mirrored);
            if (height > simplex[0].Value)
            {
                var far = Along(2);
                var higher = At(far);
                simplex[m] = higher > height ? (far, higher) : (mirrored, height);
            }
            else if (height > simplex[m - 1].Value)
            {
                simplex[m] = (mirrored, height);
            }
            else
            {
                var near = Along(height > value ? 0.5 : -0.5);
                var inside = At(near);
                if (inside > Math.Max(value, height))
                {
                    simplex[m] = (near, inside);
                }
                else
                {
                    for (var corner = 1; corner <= m; corner++)
                    {
                        var drawn = simplex[corner].Point.Select((x, j) => (x + simplex[0].Point[j]) / 2).ToArray();
                        simplex[corner] = (drawn, At(drawn));
                    }
                }
            }
        }

        return simplex.MaxBy(corner => corner.Value).Point;
    }
}
