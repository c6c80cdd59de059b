using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>The score of every pattern of clusters, and its information where that is wanted, as the lanes find them.</summary>
internal sealed class PatternDerivatives
{
    private readonly InterceptModel model;
    private readonly int m;
    private readonly double[] scores;
    private readonly double[] informations;

    /// <summary>Makes room.</summary>
    /// <param name="model">The model.</param>
    /// <param name="keepsInformations">Whether the informations are wanted.</param>
    public PatternDerivatives(InterceptModel model, bool keepsInformations)
    {
        this.model = model;
        m = model.ParameterCount;
        scores = new double[model.Data.Patterns * m];
        informations = keepsInformations ? new double[model.Data.Patterns * m * m] : [];
    }

    /// <summary>Keeps what a block found, one pattern a lane, the last parameter of each in the place of its group.</summary>
    /// <param name="patterns">The pattern of each lane.</param>
    /// <param name="groups">Its group.</param>
    /// <param name="gradient">p + 1 numbers of each lane.</param>
    /// <param name="information">The lower triangle of (p + 1)×(p + 1) numbers of each lane.</param>
    public void Keep(
        ReadOnlySpan<int> patterns,
        ReadOnlySpan<int> groups,
        ReadOnlySpan<Vector256<double>> gradient,
        ReadOnlySpan<Vector256<double>> information)
    {
        var p = model.Data.Columns;
        for (var lane = 0; lane < patterns.Length; lane++)
        {
            var score = scores.AsSpan(patterns[lane] * m, m);
            for (var j = 0; j <= p; j++)
            {
                score[j < p ? j : p + groups[lane]] = gradient[j][lane];
            }

            if (informations.Length > 0)
            {
                Keep(patterns[lane], groups[lane], lane, information);
            }
        }
    }

    /// <summary>Gives every cluster what was kept of its pattern.</summary>
    /// <param name="ofClusters">Receives clusters×m scores by row.</param>
    /// <param name="matrices">Receives clusters matrices m×m, where informations were kept.</param>
    public void CopyTo(Span<double> ofClusters, Span<double> matrices)
    {
        for (var c = 0; c < model.Clusters; c++)
        {
            var pattern = model.Data.PatternOfCluster[c];
            scores.AsSpan(pattern * m, m).CopyTo(ofClusters.Slice(c * m, m));
            if (informations.Length > 0)
            {
                informations.AsSpan(pattern * m * m, m * m).CopyTo(matrices.Slice(c * m * m, m * m));
            }
        }
    }

    private void Keep(int pattern, int group, int lane, ReadOnlySpan<Vector256<double>> information)
    {
        var p = model.Data.Columns;
        var own = informations.AsSpan(pattern * m * m, m * m);
        for (var j = 0; j <= p; j++)
        {
            var row = j < p ? j : p + group;
            for (var l = 0; l <= j; l++)
            {
                own[(row * m) + (l < p ? l : row)] = information[(j * (p + 1)) + l][lane];
            }
        }

        Dense.MirrorLower(own, m);
    }
}
