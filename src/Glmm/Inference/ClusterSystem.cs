using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.RandomEffects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Inference;

/// <summary>One cluster of the coarsest grouping at a fit's estimates: its rows as functions of standardized effects u ~ N(0, I) of all levels together.</summary>
/// <remarks>η = offset + Xβ + Vu with V = ZL and L the lower factors of D in the data's units; at the mode û = Vᵀ ∂ℓ/∂η, and −∂²h = H = I + VᵀWV with W = −∂²ℓ/∂η².</remarks>
internal sealed class ClusterSystem
{
    private readonly GlmmFit fit;
    private readonly int[] levelStarts;
    private readonly int[] firstGroups;

    /// <summary>Sets up a cluster.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="cluster">A group of the coarsest level.</param>
    /// <param name="predictor">Xβ plus offset of all rows of the frame.</param>
    public ClusterSystem(GlmmFit fit, int cluster, ReadOnlySpan<double> predictor)
    {
        this.fit = fit;
        var levels = fit.Model.Levels;
        Start = levels[0].ClusterOffsets[cluster];
        Rows = levels[0].ClusterOffsets[cluster + 1] - Start;
        levelStarts = new int[levels.Count + 1];
        firstGroups = new int[levels.Count];
        for (var l = 0; l < levels.Count; l++)
        {
            firstGroups[l] = levels[l].Groups[Start];
            levelStarts[l + 1] = levelStarts[l] + ((levels[l].Groups[Start + Rows - 1] + 1 - firstGroups[l]) * levels[l].Factor.Dimension);
        }

        Density = new RowDensity(fit, Start, Rows);
        Base = predictor.Slice(Start, Rows).ToArray();
        Loadings = new double[Rows * Order];
        Modes = new double[Order];
        Factor = new double[Order * Order];
        FillLoadings();
        SolveAtMode();
    }

    /// <summary>The frame's row of the cluster's first.</summary>
    public int Start { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of effects of all levels.</summary>
    public int Order => levelStarts[^1];

    /// <summary>Offset plus Xβ, one a row.</summary>
    public double[] Base { get; }

    /// <summary>V, rows×order, by row.</summary>
    public double[] Loadings { get; }

    /// <summary>û.</summary>
    public double[] Modes { get; }

    /// <summary>The lower Cholesky factor of H, order×order.</summary>
    public double[] Factor { get; }

    /// <summary>The rows' density, evaluated at the mode.</summary>
    public RowDensity Density { get; }

    /// <summary>The frame's rows of one of the cluster's groups of a level: where they start among the cluster's rows, and how many.</summary>
    public (int Start, int Count) RowsOf(int level, int group)
    {
        var offsets = fit.Model.Levels[level].ClusterOffsets;
        var from = offsets[firstGroups[level] + group] - Start;
        return (from, offsets[firstGroups[level] + group + 1] - Start - from);
    }

    /// <summary>The number of groups of a level in the cluster.</summary>
    public int GroupsOf(int level) => (levelStarts[level + 1] - levelStarts[level]) / fit.Model.Levels[level].Factor.Dimension;

    /// <summary>The frame-wide index of a level's first group in the cluster.</summary>
    public int FirstGroup(int level) => firstGroups[level];

    /// <summary>Where the effects of a level's group start among all of the cluster.</summary>
    public int Slot(int level, int group) => levelStarts[level] + (group * fit.Model.Levels[level].Factor.Dimension);

    /// <summary>The linear predictors with the effects at their modes.</summary>
    public double[] PredictorAtMode() => Predictor(Modes);

    /// <summary>Each row's conditional variance of Vu given the data, vᵀH⁻¹v, and the gradient of its predictor Vû in ψ, rows×m.</summary>
    public (double[] Variances, double[] Gradients) PredictorUncertainty()
    {
        var m = fit.ParameterCount;
        var (variances, gradients) = (new double[Rows], new double[Rows * m]);
        var solved = (double[])Loadings.Clone();
        Cholesky.SolveRows(Factor, Order, solved);
        for (var i = 0; i < Rows; i++)
        {
            variances[i] = Dense.Dot(Loadings.AsSpan(i * Order, Order), solved.AsSpan(i * Order, Order));
        }

        var direct = new double[Rows];
        var side = new double[Order];
        for (var j = 0; j < m; j++)
        {
            DirectEffect(j, direct, side);
            for (var i = 0; i < Rows; i++)
            {
                Dense.AddScaled(Density.Second[i] * direct[i], Loadings.AsSpan(i * Order, Order), side);
            }

            for (var i = 0; i < Rows; i++)
            {
                gradients[(i * m) + j] = direct[i] + Dense.Dot(solved.AsSpan(i * Order, Order), side);
            }
        }

        return (variances, gradients);
    }

    private double[] Predictor(ReadOnlySpan<double> effects)
    {
        var eta = (double[])Base.Clone();
        for (var i = 0; i < Rows; i++)
        {
            eta[i] += Dense.Dot(Loadings.AsSpan(i * Order, Order), effects);
        }

        return eta;
    }

    // The derivative in ψ_j of η with u held (direct), and of ∂h/∂u with η held (side).
    private void DirectEffect(int j, double[] direct, double[] side)
    {
        side.AsSpan().Clear();
        var p = fit.Coefficients.Length;
        if (j < p)
        {
            fit.Frame.Design.Column(j).Slice(Start, Rows).CopyTo(direct);
            return;
        }

        direct.AsSpan().Clear();
        foreach (var entry in Entries())
        {
            if (entry.Parameter != j)
            {
                continue;
            }

            for (var i = 0; i < Rows; i++)
            {
                var z = entry.Term.Column(entry.Effect)[Start + i];
                var slot = Slot(entry.Level, entry.Term.Groups[Start + i] - firstGroups[entry.Level]) + entry.Column;
                direct[i] = z * Modes[slot];
                side[slot] += z * Density.First[i];
            }

            return;
        }

        var slopes = new double[Rows];
        Density.DispersionSlopes(slopes);
        for (var i = 0; i < Rows; i++)
        {
            Dense.AddScaled(slopes[i], Loadings.AsSpan(i * Order, Order), side);
        }
    }

    private void FillLoadings()
    {
        foreach (var entry in Entries())
        {
            for (var i = 0; i < Rows; i++)
            {
                var slot = Slot(entry.Level, entry.Term.Groups[Start + i] - firstGroups[entry.Level]) + entry.Column;
                Loadings[(i * Order) + slot] += entry.Term.Column(entry.Effect)[Start + i] * fit.Parameters[entry.Parameter];
            }
        }
    }

    // The fit's modes are b̂ = Lû; with a singular L the û that belongs to it is the gradient of the density.
    private void SolveAtMode()
    {
        var eta = (double[])Base.Clone();
        var at = 0;
        foreach (var term in fit.Model.Levels.SelectMany(level => level.Terms))
        {
            var modes = fit.RandomEffects[at++].Modes;
            for (var i = 0; i < Rows; i++)
            {
                for (var a = 0; a < term.Dimension; a++)
                {
                    eta[i] += term.Column(a)[Start + i] * modes[(term.Groups[Start + i] * term.Dimension) + a];
                }
            }
        }

        Density.Evaluate(eta);
        for (var a = 0; a < Order; a++)
        {
            Factor[(a * Order) + a] = 1;
        }

        for (var i = 0; i < Rows; i++)
        {
            var v = Loadings.AsSpan(i * Order, Order);
            Dense.AddScaled(Density.First[i], v, Modes);
            Dense.RankOneUpdateLower(-Density.Second[i], v, Factor);
        }

        Cholesky.TryFactor(Factor, Order, out _);
    }

    // Every free entry of the lower factors: its parameter, its term, the effect of its row, and its column among the effects of the level.
    private IEnumerable<(int Parameter, int Level, RandomTermDesign Term, int Effect, int Column)> Entries()
    {
        var parameter = fit.Coefficients.Length;
        for (var l = 0; l < fit.Model.Levels.Count; l++)
        {
            var first = 0;
            foreach (var term in fit.Model.Levels[l].Terms)
            {
                for (var b = 0; b < term.Dimension; b++)
                {
                    for (var a = b; a < (term.Correlated ? term.Dimension : b + 1); a++)
                    {
                        yield return (parameter++, l, term, a, first + b);
                    }
                }

                first += term.Dimension;
            }
        }
    }
}
