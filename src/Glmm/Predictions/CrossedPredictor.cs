using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Crossed;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>The linear predictors of all rows of a fit with crossed effects at the mode, and what is unknown of them.</summary>
/// <remarks>By implicit differentiation of the mode: H dû = Σ (ℓ″δη + ∂ℓ′)d + ℓ′δd for each parameter.</remarks>
internal sealed class CrossedPredictor
{
    private readonly GlmmFit fit;
    private readonly CrossedDesign design;
    private readonly CrossedLikelihood likelihood;
    private readonly int m;
    private double[][] ownMovements = [];
    private double[][] restMovements = [];

    /// <summary>Finds the mode of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="design">The rows of its model.</param>
    /// <param name="likelihood">Its likelihood.</param>
    public CrossedPredictor(GlmmFit fit, CrossedDesign design, CrossedLikelihood likelihood)
    {
        this.fit = fit;
        this.design = design;
        this.likelihood = likelihood;
        m = fit.ParameterCount;
        likelihood.Evaluate(fit.Solution.Parameters, EvaluationNeeds.Value, [], []);
    }

    /// <summary>That of a fit whose groupings cross.</summary>
    public static CrossedPredictor Of(GlmmFit fit) =>
        new(fit, fit.Model.Crossed!, (CrossedLikelihood)fit.Model.OpenUnpenalized(1, fit.Solution));

    /// <summary>The linear predictors, in the frame's order.</summary>
    public double[] PredictorAtMode() => InFrameOrder(likelihood.Mode.Rows.Predictor, 1);

    /// <summary>
    /// Each row's conditional variance of its random part given the data, and the gradient of its predictor in ψ, rows×m, in the frame's
    /// order.
    /// </summary>
    public (double[] Variances, double[] Gradients) PredictorUncertainty()
    {
        var rows = likelihood.Mode.Rows;
        var n = design.Layout.Rows;
        var gradients = new double[n * m];
        var (direct, moved) = (new double[n], new double[n]);
        var (own, rest) = (new double[likelihood.Mode.Own.Length], new double[likelihood.Mode.Rest.Length]);
        for (var j = 0; j < m; j++)
        {
            MoveModes(j, direct, moved, own, rest);
            rows.Project(own, rest, moved);
            for (var i = 0; i < n; i++)
            {
                gradients[(i * m) + j] = direct[i] + moved[i];
            }
        }

        ToReported(gradients);
        likelihood.Movement.Invert();
        return (InFrameOrder(likelihood.Movement.Variances, 1), InFrameOrder(gradients, m));
    }

    /// <summary>
    /// The random part of a row that is not of the data: at the mode, its conditional variance, and the gradient of the whole predictor.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="known">The places of the frame's terms.</param>
    public (double Mode, double Variance, double[] Gradient) Predict(NewRow row, KnownGroups known)
    {
        Open();
        var (own, rest) = (new double[likelihood.Mode.Own.Length], new double[likelihood.Mode.Rest.Length]);
        var gradient = new double[m];
        Load(row, known, own, rest, gradient);
        var mode = Dense.Dot(own, likelihood.Mode.Own) + Dense.Dot(rest, likelihood.Mode.Rest);
        for (var j = 0; j < m; j++)
        {
            gradient[j] += Dense.Dot(own, ownMovements[j]) + Dense.Dot(rest, restMovements[j]);
        }

        // The random part moves with scaled parameters; the fixed part is linear in those reported.
        ToReported(gradient);
        for (var j = 0; j < row.Fixed.Length; j++)
        {
            gradient[j] += row.Fixed[j];
        }

        var (ownSolution, restSolution) = ((double[])own.Clone(), (double[])rest.Clone());
        CrossedSolver.Solve(likelihood.Mode.System, ownSolution, restSolution);
        return (mode, Dense.Dot(own, ownSolution) + Dense.Dot(rest, restSolution), gradient);
    }

    /// <summary>v = Lᵀz at the places of the row's groups, and vᵀû's derivatives in the factors' entries.</summary>
    private void Load(NewRow row, KnownGroups known, double[] own, double[] rest, double[] gradient)
    {
        var (scaled, places) = (new double[design.Width], new int[design.Width]);
        var at = 0;
        foreach (var level in design.Levels)
        {
            var within = 0;
            foreach (var term in level.Terms)
            {
                var t = known.IndexOf(term);
                for (var a = 0; a < term.Dimension; a++, at++, within++)
                {
                    scaled[at] = row.Effects[t][a] / level.Scales[within];
                    places[at] = row.Groups[t] < 0 ? -1 : at < design.Rest
                        ? PlaceInRest(term, row.Groups[t]) + a
                        : (design.Layout.Own[0].Groups[known.FirstRow(t, row.Groups[t])] * design.Own) + at - design.Rest;
                }
            }
        }

        for (var e = 0; e < design.EntryRows.Length; e++)
        {
            var (z, column) = (scaled[design.EntryRows[e]], design.EntryColumns[e]);
            if (places[column] < 0)
            {
                continue;
            }

            var j = row.Fixed.Length + e;
            var (target, effects) = column < design.Rest ? (rest, likelihood.Mode.Rest) : (own, likelihood.Mode.Own);
            target[places[column]] += z * fit.Solution.Parameters[j];
            gradient[j] += z * effects[places[column]];
        }
    }

    private int PlaceInRest(RandomTermDesign term, int group)
    {
        var k = 0;
        while (!ReferenceEquals(design.Layout.Rest[k], term))
        {
            k++;
        }

        return design.Layout.RestStart(k) + (group * term.Dimension);
    }

    private void Open()
    {
        if (ownMovements.Length > 0)
        {
            return;
        }

        var (direct, moved) = (new double[design.Layout.Rows], new double[design.Layout.Rows]);
        (ownMovements, restMovements) = (new double[m][], new double[m][]);
        for (var j = 0; j < m; j++)
        {
            (ownMovements[j], restMovements[j]) = (new double[likelihood.Mode.Own.Length], new double[likelihood.Mode.Rest.Length]);
            MoveModes(j, direct, moved, ownMovements[j], restMovements[j]);
        }
    }

    /// <summary>∂û in a scaled parameter by implicit differentiation, and the derivative of η with u held.</summary>
    private void MoveModes(int j, double[] direct, double[] moved, double[] own, double[] rest)
    {
        var rows = likelihood.Mode.Rows;
        DirectEffect(j, direct, own, rest);
        for (var i = 0; i < direct.Length; i++)
        {
            moved[i] = rows.Second[i] * direct[i];
        }

        rows.AddRows(moved, own, rest);
        CrossedSolver.Solve(likelihood.Mode.System, own, rest);
    }

    // The derivative in a scaled parameter of η with u held, and of ∂h/∂u with η held.
    private void DirectEffect(int j, double[] direct, double[] own, double[] rest)
    {
        Array.Clear(direct);
        Array.Clear(own);
        Array.Clear(rest);
        var (data, rows, p) = (design.Data, likelihood.Mode.Rows, design.Data.Columns);
        if (j < p)
        {
            for (var i = 0; i < direct.Length; i++)
            {
                direct[i] = data.Design[(i * p) + j];
            }
        }
        else if (j - p < design.EntryRows.Length)
        {
            MoveFactor(design.EntryRows[j - p], design.EntryColumns[j - p], direct, own, rest);
        }
        else if (j - p - design.EntryRows.Length < data.InflationColumns)
        {
            rows.Inflate(out _, out var slope, out _);
            rows.AddRows(Loaded(slope, j - p - design.EntryRows.Length), own, rest);
        }
        else
        {
            rows.Disperse(out _, out var slope, out _);
            rows.AddRows(slope, own, rest);
        }
    }

    /// <summary>Slopes in the log odds of excess zeros times a column of their design.</summary>
    private double[] Loaded(ReadOnlySpan<double> slopes, int column)
    {
        var loaded = slopes.ToArray();
        for (var i = 0; i < loaded.Length; i++)
        {
            loaded[i] *= design.Data.InflationDesign[(i * design.Data.InflationColumns) + column];
        }

        return loaded;
    }

    private void MoveFactor(int row, int column, double[] direct, double[] own, double[] rest)
    {
        var (first, q) = (design.Rest, design.Own);
        for (var g = 0; g < design.Layout.Groups; g++)
        {
            for (var i = design.Layout.Offsets[g]; i < design.Layout.Offsets[g + 1]; i++)
            {
                var z = design.Value(i, row);
                var slope = z * likelihood.Mode.Rows.First[i];
                if (column < first)
                {
                    direct[i] = z * likelihood.Mode.Rest[design.Columns(i)[column]];
                    rest[design.Columns(i)[column]] += slope;
                }
                else
                {
                    direct[i] = z * likelihood.Mode.Own[(g * q) + column - first];
                    own[(g * q) + column - first] += slope;
                }
            }
        }
    }

    private void ToReported(double[] gradients)
    {
        fit.Model.Map.Jacobians(fit.Solution.Parameters, out var scaledByReported, out _);
        var row = new double[m];
        for (var start = 0; start < gradients.Length; start += m)
        {
            Dense.MultiplyTransposed(scaledByReported, gradients.AsSpan(start, m), row);
            row.CopyTo(gradients, start);
        }
    }

    private double[] InFrameOrder(ReadOnlySpan<double> values, int width)
    {
        var ordered = new double[values.Length];
        var order = design.Layout.RowOrder;
        for (var i = 0; i < order.Length; i++)
        {
            values.Slice(i * width, width).CopyTo(ordered.AsSpan(order[i] * width));
        }

        return ordered;
    }
}
