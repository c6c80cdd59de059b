using MarginalConditional.Glmm.Crossed;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
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
            DirectEffect(j, direct, own, rest);
            for (var i = 0; i < n; i++)
            {
                moved[i] = rows.Second[i] * direct[i];
            }

            rows.AddRows(moved, own, rest);
            CrossedSolver.Solve(likelihood.Mode.System, own, rest);
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
        else
        {
            rows.Disperse(out _, out var slope, out _);
            rows.AddRows(slope, own, rest);
        }
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
