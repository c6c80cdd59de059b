using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// Estimates made of sums over clusters, and what each cluster does to them: any function of them has an estimate and an influence.
/// Immutable.
/// </summary>
/// <remarks>
/// With leave-one-out errors the estimates are kept without each cluster, a function is evaluated at all of them, and its influence is
/// (K − 1)/K·(f(θ̂) − f(θ̂₍ᵢ₎)), so that K/(K − 1)·Σ(φ − φ̄)² is the jackknife's variance of type 1 (Li and others 2025, section 3). With
/// plain influences φ_c = F′(S)(s_c + Ṡψ_c), and a function's follows by the delta method.
/// </remarks>
internal class ClusterEstimates
{
    /// <summary>How many predictions the one-step errors may take (decision 18).</summary>
    private const double MostPredictions = 2e6;

    private readonly double[] estimates;
    private readonly double[] byCluster;
    private readonly bool linear;
    private readonly int clusters;

    /// <summary>Computes the estimates and what each cluster does to them.</summary>
    /// <param name="sums">The sums that they are made of.</param>
    /// <param name="errors">One of the four kinds for clusters.</param>
    /// <param name="parameterChanges">ψ̂ − ψ₍ᵢ₎, K×m by rows; for plain influences ψ_c.</param>
    /// <param name="threads">0 for all processors; the bits do not depend on it.</param>
    public ClusterEstimates(ClusterFunction sums, StandardizedErrors errors, ReadOnlyMemory<double> parameterChanges, int threads)
    {
        Errors = errors;
        clusters = sums.Clusters.Count;
        ClustersSeen = sums.ClustersSeen;
        linear = errors == StandardizedErrors.Influence || errors == StandardizedErrors.OfModel;
        var total = new double[sums.Count];
        var own = new double[clusters * sums.Count];
        sums.OfEach([], own);
        for (var c = 0; c < clusters; c++)
        {
            CancellationScope.Check();
            Dense.AddScaled(1, own.AsSpan(c * sums.Count, sums.Count), total);
        }

        estimates = new double[sums.Estimates];
        sums.Evaluate(total, -1, estimates);
        byCluster = errors == StandardizedErrors.OfModel
            ? OfModel(sums, parameterChanges.Span, total, own)
            : ByCluster(sums, errors, parameterChanges, threads, total, own);
    }

    /// <summary>How the standard errors are found.</summary>
    public StandardizedErrors Errors { get; }

    /// <summary>The number of clusters that have rows in the population: t intervals have one degree of freedom less.</summary>
    public int ClustersSeen { get; }

    /// <summary>The estimates, in the order of the sums' layout.</summary>
    public ReadOnlySpan<double> Averages => estimates;

    /// <summary>The kind of standard error that a trial of this size gets unless another is asked for.</summary>
    /// <param name="clusters">K.</param>
    /// <param name="rows">N.</param>
    public static StandardizedErrors Default(int clusters, int rows) =>
        (double)clusters * rows <= MostPredictions ? StandardizedErrors.OneStep : StandardizedErrors.Closed;

    /// <summary>A function's value and the influence of each cluster on it.</summary>
    public (double Estimate, ClusterInfluence Influence) Of(SmoothFunction function)
    {
        var gradient = new double[estimates.Length];
        var estimate = function(estimates, linear ? gradient : []);
        var influence = new double[byCluster.Length / estimates.Length];
        for (var c = 0; c < influence.Length; c++)
        {
            CancellationScope.Check(c);
            var own = byCluster.AsSpan(c * estimates.Length, estimates.Length);
            influence[c] = linear ? Product(gradient, own) : (clusters - 1.0) / clusters * (estimate - function(own, []));
        }

        return (estimate, new ClusterInfluence(influence.Length, influence));
    }

    /// <summary>h of one estimate less h of another.</summary>
    /// <param name="treated">The position of the first.</param>
    /// <param name="control">The position of the other.</param>
    /// <param name="measure">The transform h; null for none.</param>
    public (double Estimate, ClusterInfluence Influence) Difference(int treated, int control, EffectMeasure? measure) =>
        Of((values, gradient) =>
        {
            var (above, below) = (values[treated], values[control]);
            if (!gradient.IsEmpty)
            {
                gradient[treated] = measure?.TransformSlope(above) ?? 1;
                gradient[control] = -(measure?.TransformSlope(below) ?? 1);
            }

            return measure?.Value(below, above) ?? above - below;
        });

    /// <summary>The estimates without each cluster, or the cluster's influence on them.</summary>
    private static double[] ByCluster(
        ClusterFunction sums, StandardizedErrors errors, ReadOnlyMemory<double> parameterChanges, int threads, double[] total, double[] own)
    {
        var m = sums.Parameters.Length;
        var clusters = sums.Clusters.Count;
        var byCluster = new double[clusters * sums.Estimates];
        var slopes = new double[sums.Count * m];
        if (errors == StandardizedErrors.Influence || errors == StandardizedErrors.Closed)
        {
            sums.Slopes(slopes);
        }

        var deleted = errors == StandardizedErrors.Closed ? new double[own.Length] : [];
        if (errors == StandardizedErrors.Closed)
        {
            sums.OfEach(parameterChanges.Span, deleted);
        }

        using var work = LongWork.Begin("clusters left out", errors == StandardizedErrors.Influence ? 0 : clusters);
        ParallelWork.For(0, clusters, threads, c =>
        {
            Leave(c);
            work.Step();
        });
        return byCluster;

        void Leave(int c)
        {
            var changes = parameterChanges.Span.Slice(c * m, m);
            var moved = new double[sums.Count];
            var destination = byCluster.AsSpan(c * sums.Estimates, sums.Estimates);
            if (errors == StandardizedErrors.Influence)
            {
                Dense.Multiply(slopes, changes, moved);
                Dense.AddScaled(1, own.AsSpan(c * sums.Count, sums.Count), moved);
                sums.Differentiate(total, moved, destination);
                return;
            }

            if (changes.Contains(double.NaN))
            {
                // The other clusters do not tell the parameters, so there is no estimate without this one.
                destination.Fill(double.NaN);
                return;
            }

            var parameters = sums.Parameters.ToArray();
            Dense.AddScaled(-1, changes, parameters);
            if (errors == StandardizedErrors.Closed && !sums.ChangesOthers(c))
            {
                Closed(deleted.AsSpan(c * sums.Count, sums.Count), total, slopes, changes, moved);
            }
            else
            {
                sums.Without(parameters, c, moved);
            }

            sums.Evaluate(moved, c, destination);
        }
    }

    /// <summary>
    /// Where the clusters depend on each other: the model's covariance (<see cref="ModelInfluence"/>) moves what is the model's own, and
    /// what holds whatever the model moves with the clusters' sums at fixed parameters, which matter little to it under randomization.
    /// </summary>
    private static double[] OfModel(
        ClusterFunction sums, ReadOnlySpan<double> parameterChanges, ReadOnlySpan<double> total, ReadOnlySpan<double> own)
    {
        var m = sums.Parameters.Length;
        var (clusters, rows) = (sums.Clusters.Count, parameterChanges.Length / m);
        var slopes = new double[sums.Count * m];
        sums.Slopes(slopes);

        // Rows beyond the clusters leave the clusters' own variance K/(K − 1)·Σφ² as it is.
        var scale = Math.Sqrt((rows - 1.0) / rows * clusters / (clusters - 1.0));
        double[] moved = new double[sums.Count], fixedAt = new double[sums.Estimates];
        var byRow = new double[rows * sums.Estimates];
        for (var r = 0; r < rows; r++)
        {
            var destination = byRow.AsSpan(r * sums.Estimates, sums.Estimates);
            Dense.Multiply(slopes, parameterChanges.Slice(r * m, m), moved);
            sums.Differentiate(total, moved, destination);
            fixedAt.AsSpan().Clear();
            if (r < clusters)
            {
                sums.Differentiate(total, own.Slice(r * sums.Count, sums.Count), fixedAt);
            }

            for (var k = 0; k < fixedAt.Length; k++)
            {
                destination[k] = sums.IsOfModel(k) ? destination[k] : scale * fixedAt[k];
            }
        }

        return byRow;
    }

    /// <summary>S₍ᵢ₎ ≈ S − Ṡ(ψ̂ − ψ₍ᵢ₎) − sᵢ(ψ₍ᵢ₎).</summary>
    private static void Closed(
        ReadOnlySpan<double> own,
        ReadOnlySpan<double> total,
        ReadOnlySpan<double> slopes,
        ReadOnlySpan<double> changes,
        Span<double> without)
    {
        Dense.Multiply(slopes, changes, without);
        for (var k = 0; k < without.Length; k++)
        {
            without[k] = total[k] - without[k] - own[k];
        }
    }

    /// <summary>A product that leaves out estimates that do not matter, which may not exist.</summary>
    private static double Product(ReadOnlySpan<double> gradient, ReadOnlySpan<double> change)
    {
        var sum = 0.0;
        for (var k = 0; k < gradient.Length; k++)
        {
            sum += gradient[k] == 0 ? 0 : gradient[k] * change[k];
        }

        return sum;
    }
}
