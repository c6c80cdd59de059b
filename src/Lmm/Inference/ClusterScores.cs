using MarginalConditional.Data;
using MarginalConditional.Data.Rows;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Inference;

/// <summary>Each independent cluster's score X̃ᵀW⁻¹r and information X̃ᵀW⁻¹X̃, in the coding of the working rows.</summary>
internal sealed class ClusterScores
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly Clusters clusters;
    private readonly double[] moments;
    private readonly double[] crossed = [];

    /// <summary>Opens the likelihood at the estimate.</summary>
    /// <exception cref="InputException">Crossed random effects reach across the clusters: these are not independent.</exception>
    public ClusterScores(LmmFit fit)
    {
        likelihood = fit.Open();
        clusters = fit.Frame.Clusters;
        if (fit.Data.Hierarchy.IsCrossed)
        {
            crossed = Crossed(fit);
        }

        var p = likelihood.Data.Rows.FixedEffects;
        moments = new double[(p + 1) * (p + 1)];
        Score = new double[p];
        Information = new double[p * p];
    }

    /// <summary>(X̃ᵀW⁻¹X̃)⁻¹ over all clusters, p×p.</summary>
    public ReadOnlySpan<double> Inverse => likelihood.Root.Inverse;

    /// <summary>The score of the current cluster.</summary>
    public double[] Score { get; }

    /// <summary>The information of the current cluster, p×p, full.</summary>
    public double[] Information { get; }

    /// <summary>Calls an action for each cluster, the two arrays filled.</summary>
    public void ForEach(Action action)
    {
        var levels = likelihood.Data.Hierarchy.Levels;
        if (crossed.Length > 0)
        {
            for (var start = 0; start < crossed.Length; start += moments.Length)
            {
                crossed.AsSpan(start, moments.Length).CopyTo(moments);
                Fill();
                action();
            }

            return;
        }

        if (levels.Count == 0)
        {
            ForEachBlock(action);
            return;
        }

        var workspace = new SweepWorkspace(levels, Score.Length + 1, likelihood.Data.Residual);
        for (var group = 0; group < levels[0].Groups; group++)
        {
            Array.Clear(moments);
            likelihood.Sweep.AddReduced(group, moments, workspace);
            Fill();
            action();
        }
    }

    private double[] Crossed(LmmFit fit)
    {
        var order = likelihood.Data.Hierarchy.RowOrder;
        var members = CrossedClusters.Of(fit.Frame, order, fit.Frame.RandomTerms);
        if (members.Length == 0 || likelihood.Crossed is null)
        {
            var reaching = members.Length == 0
                ? $"and values of {CrossedClusters.Reaching(fit.Frame, fit.Frame.RandomTerms)} lie in several values of {clusters.Name}"
                : "and are not available for crossed random effects beside a residual structure";
            throw new InputException($"Robust standard errors need independent clusters, {reaching}.")
            {
                Hint = "Leave out --se, or name by --cluster a column whose values contain all rows of every group, or two columns, "
                    + "each by a --cluster of its own.",
            };
        }

        return CrossedScores.Of(likelihood, members, clusters.Count);
    }

    private void ForEachBlock(Action action)
    {
        var d = Score.Length + 1;
        var rows = likelihood.Data.Rows;
        var layout = likelihood.Data.Residual?.Layout;
        var starts = layout?.BlockStarts ?? clusters.Offsets.ToArray();
        var whitened = new double[(likelihood.Data.Residual?.MaximumBlock ?? 1) * d];
        for (var block = 0; block + 1 < starts.Length; block++)
        {
            CancellationScope.Check();
            Array.Clear(moments);
            var source = rows.Values.AsSpan(starts[block] * d, (starts[block + 1] - starts[block]) * d);
            if (likelihood.Residual is { } residual)
            {
                var n = residual.Whiten(layout!.BlockPatterns[block], source, whitened);
                Dense.AddCrossProduct(whitened, n, d, moments);
            }
            else
            {
                Dense.AddCrossProduct(source, source.Length / d, d, moments);
            }

            Fill();
            action();
        }
    }

    private void Fill()
    {
        var p = Score.Length;
        var d = p + 1;
        var coefficients = likelihood.Root.Coefficients;
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Information[(i * p) + j] = moments[(i * d) + j];
                Information[(j * p) + i] = moments[(i * d) + j];
            }
        }

        for (var i = 0; i < p; i++)
        {
            Score[i] = moments[(p * d) + i] - Dense.Dot(Information.AsSpan(i * p, p), coefficients);
        }
    }
}
