using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>
/// Marginal coefficients by the closed-form approximations of the logit model,
/// to be shown beside the exact ones, never instead of them. Immutable.
/// </summary>
public sealed class ClosedFormMarginals
{
    private readonly double[] zegerLiangAlbert;
    private readonly double[] neuhaus;

    private ClosedFormMarginals(double[] zegerLiangAlbert, double[] neuhaus, double spread)
    {
        this.zegerLiangAlbert = zegerLiangAlbert;
        this.neuhaus = neuhaus;
        Spread = spread;
    }

    /// <summary>
    /// β / √(1 + c²τ²) (Zeger, Liang and Albert 1988), p values; with τ that differs between rows the projection of ηᵢ / √(1 + c²τᵢ²).
    /// </summary>
    public ReadOnlySpan<double> ZegerLiangAlbert => zegerLiangAlbert;

    /// <summary>
    /// β(1 − ρ₀), ρ₀ the correlation within clusters when all effects are 0 (Neuhaus, Kalbfleisch and
    /// Hauck 1991, equation 7), p values; empty unless τ is one number. The intercept's is logit p(β₀).
    /// </summary>
    public ReadOnlySpan<double> NeuhausKalbfleischHauck => neuhaus;

    /// <summary>τ when it is one number, else NaN.</summary>
    public double Spread { get; }

    /// <summary>The approximations for a model with the logit link; null for other links, which have an exact form or none.</summary>
    public static ClosedFormMarginals? Of(MarginalizedCoefficients marginalized)
    {
        ArgumentNullException.ThrowIfNull(marginalized);
        var model = marginalized.Model;
        if (model.Mean is not MarginalMean.Logit)
        {
            return null;
        }

        var eta = model.Predictor(model.Design);
        var tau = model.Spread.Values;
        var constant = true;
        for (var i = 0; i < eta.Length; i++)
        {
            constant &= tau[i] == tau[0];
            var offset = model.Offset.IsEmpty ? 0 : model.Offset[i];
            eta[i] = (eta[i] / LogitAttenuation.Divisor(tau[i])) - offset;
        }

        var zegerLiangAlbert = new double[model.Design.Columns];
        marginalized.Projection.Coefficients(eta, zegerLiangAlbert);
        return new ClosedFormMarginals(zegerLiangAlbert, constant ? Neuhaus(model) : [], constant ? tau[0] : double.NaN);
    }

    /// <summary>
    /// 1 − ρ₀ with ρ₀ = Var(p) / [p̄(1 − p̄)] at β = 0 equals E[p(1 − p)] / [p̄(1 − p̄)], the slope of the marginal logit there.
    /// </summary>
    private static double[] Neuhaus(ConditionalModel model)
    {
        var intercept = model.Design.Intercept;
        var point = model.Mean.At(intercept < 0 ? 0 : model.Coefficients[intercept], model.Spread.Values[0]);
        var coefficients = new double[model.Design.Columns];
        for (var j = 0; j < coefficients.Length; j++)
        {
            coefficients[j] = j == intercept ? point.Predictor : model.Coefficients[j] * point.PredictorSlope;
        }

        return coefficients;
    }
}
