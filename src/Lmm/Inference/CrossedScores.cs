using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// The moments [X̃, ỹ]ᵀW⁻¹[X̃, ỹ] of each of the clusters that contain all crossed groups: W⁻¹ is block diagonal over them.
/// </summary>
/// <remarks>W⁻¹ = I − ZΛC⁻¹ΛᵀZᵀ with C = ΛᵀZᵀZΛ + I: one solution for each column of [X̃, ỹ] serves all clusters.</remarks>
internal static class CrossedScores
{
    /// <summary>Sums row by row.</summary>
    /// <param name="likelihood">Evaluated at the estimate, without a gradient.</param>
    /// <param name="clusterOfRow">The cluster of each of its rows.</param>
    /// <param name="clusters">Their number.</param>
    /// <returns>Clusters×(p+1)².</returns>
    public static double[] Of(LinearMixedLikelihood likelihood, ReadOnlySpan<int> clusterOfRow, int clusters)
    {
        var rows = likelihood.Data.Rows;
        var (layout, tail) = (likelihood.Data.Hierarchy.Layout!, rows.FixedEffects + 1);
        var (own, rest) = Solutions(likelihood, layout, tail);
        var (q, s) = (layout.OwnDimension, layout.RestPerRow);
        var moments = new double[clusters * tail * tail];
        var turned = new double[tail];
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            for (var i = layout.Offsets[g]; i < layout.Offsets[g + 1]; i++)
            {
                var row = rows.Values.AsSpan(i * rows.Width, rows.Width);
                row[(q + s)..].CopyTo(turned);
                for (var a = 0; a < q; a++)
                {
                    Dense.AddScaled(-row[a], own.AsSpan(((g * q) + a) * tail, tail), turned);
                }

                for (var t = 0; t < layout.Rest.Count; t++)
                {
                    var at = layout.RestStart(t) + (layout.Rest[t].Groups[layout.RowOrder[i]] * layout.Rest[t].Dimension);
                    for (var a = 0; a < layout.Rest[t].Dimension; a++)
                    {
                        var z = row[q + layout.LocalStart(t) + a];
                        Dense.AddScaled(-z, rest.AsSpan((at + a) * tail, tail), turned);
                    }
                }

                Dense.RankOneUpdate(1, row[(q + s)..], turned, moments.AsSpan(clusterOfRow[i] * tail * tail, tail * tail));
            }
        }

        return moments;
    }

    /// <summary>ΛC⁻¹Λᵀ times the moments of every effect with [X̃, ỹ]: effects×(p+1), of the first grouping and of the others.</summary>
    private static (double[] Own, double[] Others) Solutions(LinearMixedLikelihood likelihood, CrossedLayout layout, int tail)
    {
        var (q, s) = (layout.OwnDimension, layout.RestPerRow);
        var (own, rest) = (new double[layout.Groups * q * tail], new double[layout.RestDimension * tail]);
        var (ownSolution, restSolution) = (new double[layout.Groups * q], new double[layout.RestDimension]);
        var ownLambda = likelihood.Lambda(1);
        var restLambda = likelihood.Lambda(0);
        var unit = new double[tail];
        for (var c = 0; c < tail; c++)
        {
            unit[c] = 1;
            CrossedSolver.SolveTail(likelihood.Crossed!.System, unit, ownSolution, restSolution);
            unit[c] = 0;
            for (var g = 0; g < layout.Groups; g++)
            {
                CancellationScope.Check(g);
                for (var a = 0; a < q; a++)
                {
                    own[(((g * q) + a) * tail) + c] = Dense.Dot(ownLambda.Slice(a * q, q), ownSolution.AsSpan(g * q, q));
                }
            }

            for (var t = 0; t < layout.Rest.Count; t++)
            {
                var (d, local) = (layout.Rest[t].Dimension, layout.LocalStart(t));
                for (var at = layout.RestStart(t); at < layout.RestStart(t + 1); at += d)
                {
                    for (var a = 0; a < d; a++)
                    {
                        var row = restLambda.Slice(((local + a) * s) + local, d);
                        rest[((at + a) * tail) + c] = Dense.Dot(row, restSolution.AsSpan(at, d));
                    }
                }
            }
        }

        return (own, rest);
    }
}
