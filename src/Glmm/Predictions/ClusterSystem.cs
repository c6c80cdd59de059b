using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>
/// One cluster of the coarsest grouping at a fit's estimates: its rows as
/// functions of standardized effects u ~ N(0, I) of all levels together.
/// </summary>
/// <remarks>
/// η = offset + Xβ + Vu with V = ZL and L the lower factors of D in the data's units; at the mode û = Vᵀ ∂ℓ/∂η, and −∂²h = H = I + VᵀWV
/// with W = −∂²ℓ/∂η². A row loads on the effects of its own groups only, one a level, so V is kept as rows×Q with Q the effects of one
/// group a level.
/// </remarks>
internal sealed class ClusterSystem
{
    private readonly GlmmFit fit;
    private readonly EffectPath path;
    private readonly PathElimination elimination;
    private readonly RowDensity density;
    private readonly double[] linear;
    private readonly double[] loadings;
    private readonly double[] modes;
    private double[][] movements = [];

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
        path = new EffectPath(
            [.. levels.Select(level => level.Factor.Dimension)],
            [.. levels.Select(level => level.Groups[Start + Rows - 1] + 1 - level.Groups[Start])]);
        FillPath();
        density = new RowDensity(fit, Start, Rows);
        linear = predictor.Slice(Start, Rows).ToArray();
        loadings = new double[Rows * path.Width];
        modes = new double[path.Size];
        FillLoadings();
        EvaluateAtMode();
        elimination = new PathElimination(path);
        elimination.Factor(loadings, density.Second);
    }

    /// <summary>The frame's row of the cluster's first.</summary>
    public int Start { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The linear predictors with the effects at their modes.</summary>
    public double[] PredictorAtMode()
    {
        var eta = new double[Rows];
        path.Project(loadings, modes, eta);
        for (var i = 0; i < Rows; i++)
        {
            eta[i] += linear[i];
        }

        return eta;
    }

    /// <summary>Each row's conditional variance of Vu given the data, vᵀH⁻¹v, and the gradient of its predictor Vû in ψ, rows×m.</summary>
    public (double[] Variances, double[] Gradients) PredictorUncertainty()
    {
        var m = fit.ParameterCount;
        var gradients = new double[Rows * m];
        var (direct, moved) = (new double[Rows], new double[Rows]);
        var side = new double[modes.Length];
        for (var j = 0; j < m; j++)
        {
            MoveModes(j, direct, moved, side);
            path.Project(loadings, side, moved);
            for (var i = 0; i < Rows; i++)
            {
                gradients[(i * m) + j] = direct[i] + moved[i];
            }
        }

        return (Variances(), gradients);
    }

    /// <summary>
    /// The random part of a row that is not of the data: at the mode, its conditional variance, and the gradient of the whole predictor.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="home">A row of the frame, from 0, in the same group of the deepest level.</param>
    /// <param name="deepest">The finest level whose group the row shares.</param>
    /// <param name="known">The places of the frame's terms.</param>
    public (double Mode, double Variance, double[] Gradient) Predict(NewRow row, int home, int deepest, KnownGroups known)
    {
        Open();
        var node = GroupOf(deepest, home - Start);
        var loading = new double[path.PathStart(deepest + 1)];
        var gradient = new double[fit.ParameterCount];
        var along = new double[loading.Length];
        path.Read(deepest, node, modes, along);
        row.Fixed.CopyTo(gradient, 0);
        foreach (var entry in Entries().Where(entry => entry.Level <= deepest))
        {
            var z = row.Effects[known.IndexOf(entry.Term)][entry.Effect];
            var place = path.PathStart(entry.Level) + entry.Column;
            loading[place] += z * fit.Parameters[entry.Parameter];
            gradient[entry.Parameter] = z * along[place];
        }

        var mode = Dense.Dot(loading, along);
        for (var j = 0; j < gradient.Length; j++)
        {
            path.Read(deepest, node, movements[j], along);
            gradient[j] += Dense.Dot(loading, along);
        }

        return (mode, Dense.QuadraticForm(elimination.Covariance(deepest, node), loading), gradient);
    }

    /// <summary>Computes once how the modes move with each parameter, and the covariances along paths.</summary>
    private void Open()
    {
        if (movements.Length > 0)
        {
            return;
        }

        var (direct, moved) = (new double[Rows], new double[Rows]);
        movements = new double[fit.ParameterCount][];
        for (var j = 0; j < movements.Length; j++)
        {
            movements[j] = new double[modes.Length];
            MoveModes(j, direct, moved, movements[j]);
        }

        elimination.FillCovariances();
    }

    /// <summary>∂û/∂ψ_j by implicit differentiation, and the derivative of η with u held.</summary>
    private void MoveModes(int j, double[] direct, double[] moved, double[] side)
    {
        DirectEffect(j, direct, side);
        SpanMath.Multiply(density.Second, direct, moved);
        path.AddRows(loadings, moved, side);
        elimination.Solve(side);
    }

    private double[] Variances()
    {
        elimination.FillCovariances();
        var variances = new double[Rows];
        for (var leaf = 0; leaf < path.Count(path.Depth - 1); leaf++)
        {
            for (var i = path.RowStart(leaf); i < path.RowStart(leaf + 1); i++)
            {
                variances[i] = Dense.QuadraticForm(
                    elimination.Covariance(path.Depth - 1, leaf),
                    loadings.AsSpan(i * path.Width, path.Width));
            }
        }

        return variances;
    }

    // The cluster's groups, each a node of its own.
    private void FillPath()
    {
        var levels = fit.Model.Levels;
        for (var l = 0; l < levels.Count; l++)
        {
            var offsets = levels[l].ClusterOffsets;
            var first = levels[l].Groups[Start];
            for (var group = first; group <= levels[l].Groups[Start + Rows - 1]; group++)
            {
                path.Add(l, l == 0 ? 0 : GroupOf(l - 1, offsets[group] - Start), 1, offsets[group + 1] - offsets[group]);
            }
        }
    }

    // The cluster's group of a level that a row belongs to.
    private int GroupOf(int level, int row)
    {
        var groups = fit.Model.Levels[level].Groups;
        return groups[Start + row] - groups[Start];
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
                var slot = path.Slot(entry.Level, GroupOf(entry.Level, i)) + entry.Column;
                direct[i] = z * modes[slot];
                side[slot] += z * density.First[i];
            }

            return;
        }

        var slopes = new double[Rows];
        var map = fit.Model.Map;
        if (j < map.InflationStart + map.InflationColumns)
        {
            density.InflationSlopes(slopes);
            if (fit.Frame.Inflation is { } inflation)
            {
                SpanMath.Multiply(slopes, inflation.Column(j - map.InflationStart).Slice(Start, Rows), slopes);
            }
        }
        else
        {
            density.DispersionSlopes(slopes);
        }

        path.AddRows(loadings, slopes, side);
    }

    private void FillLoadings()
    {
        foreach (var entry in Entries())
        {
            for (var i = 0; i < Rows; i++)
            {
                var at = (i * path.Width) + path.PathStart(entry.Level) + entry.Column;
                loadings[at] += entry.Term.Column(entry.Effect)[Start + i] * fit.Parameters[entry.Parameter];
            }
        }
    }

    // The fit's modes are b̂ = Lû; with a singular L the û that belongs to it is the gradient of the density.
    private void EvaluateAtMode()
    {
        var eta = (double[])linear.Clone();
        var at = 0;
        foreach (var term in fit.Model.Levels.SelectMany(level => level.Terms))
        {
            var reported = fit.RandomEffects[at++].Modes;
            for (var i = 0; i < Rows; i++)
            {
                for (var a = 0; a < term.Dimension; a++)
                {
                    eta[i] += term.Column(a)[Start + i] * reported[(term.Groups[Start + i] * term.Dimension) + a];
                }
            }
        }

        density.Evaluate(eta);
        path.AddRows(loadings, density.First, modes);
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
