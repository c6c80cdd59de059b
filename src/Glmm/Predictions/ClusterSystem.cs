using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>One cluster of the coarsest grouping at a fit's estimates: its rows as functions of standardized effects u ~ N(0, I) of all levels together.</summary>
/// <remarks>
/// η = offset + Xβ + Vu with V = ZL and L the lower factors of D in the data's units; at the mode û = Vᵀ ∂ℓ/∂η, and −∂²h = H = I + VᵀWV with
/// W = −∂²ℓ/∂η². A row loads on the effects of its own groups only, one a level, so V is kept as rows×Q with Q the effects of one group a level.
/// </remarks>
internal sealed class ClusterSystem
{
    private readonly GlmmFit fit;
    private readonly int[] levelStarts;
    private readonly int[] firstGroups;
    private readonly int[] pathStarts;
    private readonly GroupElimination elimination;

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
        pathStarts = new int[levels.Count + 1];
        firstGroups = new int[levels.Count];
        for (var l = 0; l < levels.Count; l++)
        {
            var q = levels[l].Factor.Dimension;
            firstGroups[l] = levels[l].Groups[Start];
            levelStarts[l + 1] = levelStarts[l] + ((levels[l].Groups[Start + Rows - 1] + 1 - firstGroups[l]) * q);
            pathStarts[l + 1] = pathStarts[l] + q;
        }

        Density = new RowDensity(fit, Start, Rows);
        Base = predictor.Slice(Start, Rows).ToArray();
        Loadings = new double[Rows * Width];
        Modes = new double[levelStarts[^1]];
        FillLoadings();
        EvaluateAtMode();
        elimination = new GroupElimination(this, levels.Count);
    }

    /// <summary>The frame's row of the cluster's first.</summary>
    public int Start { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Q, the effects that a row loads on.</summary>
    public int Width => pathStarts[^1];

    /// <summary>Offset plus Xβ, one a row.</summary>
    public double[] Base { get; }

    /// <summary>V, rows×Q, by row: the effects of the coarsest level first.</summary>
    public double[] Loadings { get; }

    /// <summary>û: level by level, group by group.</summary>
    public double[] Modes { get; }

    /// <summary>The rows' density, evaluated at the mode.</summary>
    public RowDensity Density { get; }

    /// <summary>The lower Cholesky factor of the precision of the coarsest effects, all others integrated out.</summary>
    public ReadOnlySpan<double> RootFactor => elimination.RootFactor;

    /// <summary>Where the effects of a level start among the Q of a row; one past the last for the number of levels.</summary>
    public int PathStart(int level) => pathStarts[level];

    /// <summary>The rows of one of the cluster's groups of a level: where they start among the cluster's rows, and how many.</summary>
    public (int Start, int Count) RowsOf(int level, int group)
    {
        var offsets = fit.Model.Levels[level].ClusterOffsets;
        var from = offsets[firstGroups[level] + group] - Start;
        return (from, offsets[firstGroups[level] + group + 1] - Start - from);
    }

    /// <summary>The number of groups of a level in the cluster.</summary>
    public int GroupsOf(int level) => (levelStarts[level + 1] - levelStarts[level]) / (pathStarts[level + 1] - pathStarts[level]);

    /// <summary>The frame-wide index of a level's first group in the cluster.</summary>
    public int FirstGroup(int level) => firstGroups[level];

    /// <summary>Where the effects of a level's group start among all of the cluster.</summary>
    public int Slot(int level, int group) => levelStarts[level] + (group * (pathStarts[level + 1] - pathStarts[level]));

    /// <summary>The cluster's group of a level that a row belongs to.</summary>
    public int GroupOf(int level, int row) => fit.Model.Levels[level].Groups[Start + row] - firstGroups[level];

    /// <summary>The linear predictors with the effects at their modes.</summary>
    public double[] PredictorAtMode()
    {
        var eta = (double[])Base.Clone();
        for (var i = 0; i < Rows; i++)
        {
            eta[i] += Along(i, Modes);
        }

        return eta;
    }

    /// <summary>Each row's conditional variance of Vu given the data, vᵀH⁻¹v, and the gradient of its predictor Vû in ψ, rows×m.</summary>
    public (double[] Variances, double[] Gradients) PredictorUncertainty()
    {
        var m = fit.ParameterCount;
        var gradients = new double[Rows * m];
        var direct = new double[Rows];
        var side = new double[Modes.Length];
        for (var j = 0; j < m; j++)
        {
            DirectEffect(j, direct, side);
            for (var i = 0; i < Rows; i++)
            {
                AddAlong(i, Density.Second[i] * direct[i], side);
            }

            elimination.Solve(side);
            for (var i = 0; i < Rows; i++)
            {
                gradients[(i * m) + j] = direct[i] + Along(i, side);
            }
        }

        return (elimination.Variances(), gradients);
    }

    // vᵀx of one row.
    private double Along(int row, ReadOnlySpan<double> effects)
    {
        var sum = 0.0;
        for (var l = 0; l < firstGroups.Length; l++)
        {
            var q = pathStarts[l + 1] - pathStarts[l];
            sum += Dense.Dot(Loadings.AsSpan((row * Width) + pathStarts[l], q), effects.Slice(Slot(l, GroupOf(l, row)), q));
        }

        return sum;
    }

    private void AddAlong(int row, double amount, Span<double> effects)
    {
        for (var l = 0; l < firstGroups.Length; l++)
        {
            var q = pathStarts[l + 1] - pathStarts[l];
            Dense.AddScaled(amount, Loadings.AsSpan((row * Width) + pathStarts[l], q), effects.Slice(Slot(l, GroupOf(l, row)), q));
        }
    }

    // The derivative in ψ_j of η with u held (direct), and of ∂h/∂u with η held (side).
    private void DirectEffect(int j, double[] direct, double[] side)
    {
        side.AsSpan().Clear();
        if (j < fit.Coefficients.Length)
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
                var slot = Slot(entry.Level, GroupOf(entry.Level, i)) + entry.Column;
                direct[i] = z * Modes[slot];
                side[slot] += z * Density.First[i];
            }

            return;
        }

        var slopes = new double[Rows];
        Density.DispersionSlopes(slopes);
        for (var i = 0; i < Rows; i++)
        {
            AddAlong(i, slopes[i], side);
        }
    }

    private void FillLoadings()
    {
        foreach (var entry in Entries())
        {
            for (var i = 0; i < Rows; i++)
            {
                Loadings[(i * Width) + pathStarts[entry.Level] + entry.Column] += entry.Term.Column(entry.Effect)[Start + i] * fit.Parameters[entry.Parameter];
            }
        }
    }

    // The fit's modes are b̂ = Lû; with a singular L the û that belongs to it is the gradient of the density.
    private void EvaluateAtMode()
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
        for (var i = 0; i < Rows; i++)
        {
            AddAlong(i, Density.First[i], Modes);
        }
    }

    // Every free entry of the lower factors: its parameter, its term, the effect of its row, and its column among the effects of the level.
    private IEnumerable<(int Parameter, int Level, RandomTermDesign Term, int Effect, int Column)> Entries()
    {
        var parameter = fit.Coefficients.Length;
        for (var l = 0; l < fit.Model.Levels.Count; l++)
        {
            var level = fit.Model.Levels[l];
            foreach (var entry in level.Reported.Entries.ToArray())
            {
                yield return (parameter++, l, level.Terms[entry.Term], entry.Row, level.Reported.Column(entry.Parameter));
            }
        }
    }
}
