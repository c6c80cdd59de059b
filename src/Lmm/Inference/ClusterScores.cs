using MarginalConditional.Data;
using MarginalConditional.Data.Rows;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>Each independent cluster's score X̃ᵀW⁻¹r and information X̃ᵀW⁻¹X̃, in the coding of the working rows.</summary>
internal sealed class ClusterScores
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly Clusters clusters;
    private readonly double[] moments;

    /// <summary>Opens the likelihood at the estimate.</summary>
    /// <exception cref="InputException">The random effects are crossed: there are no independent clusters.</exception>
    public ClusterScores(LmmFit fit)
    {
        if (fit.Data.Hierarchy.IsCrossed)
        {
            throw new InputException("Robust standard errors need independent clusters; crossed random effects make all rows one cluster.")
            {
                Hint = "Leave out --se.",
            };
        }

        likelihood = fit.Open();
        clusters = fit.Frame.Clusters;
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
        if (levels.Count == 0)
        {
            ForEachBlock(action);
            return;
        }

        var workspace = new SweepWorkspace(levels, Score.Length + 1, null);
        for (var group = 0; group < levels[0].Groups; group++)
        {
            Array.Clear(moments);
            likelihood.Sweep.AddReduced(group, moments, workspace);
            Fill();
            action();
        }
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
