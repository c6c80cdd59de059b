using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Persons;

/// <summary>A generalized linear model seen person by person: scores, informations and what one person does to the coefficients.</summary>
/// <remarks>
/// The score of person i is qᵢxᵢ with q = w μ′(y − μ)/v, its information aᵢxᵢxᵢᵀ with a = −dq/dη. With the canonical link a = w μ′²/v
/// whatever y; otherwise that is its expectation, which R's <c>glm</c> and <c>sandwich</c> take and Ge's variances here too. Influence
/// and leave-one-out take the observed one: they are derivatives of the equations solved.
/// </remarks>
internal sealed class PersonModel
{
    private readonly double[] rows;

    private PersonModel(GeeFit fit, PersonRows persons)
    {
        Fit = fit;
        Persons = persons;
        Coefficients = fit.Coefficients.ToArray();
        var (frame, family, link) = (fit.Frame, fit.Options.Family, fit.Options.EffectiveLink);
        P = frame.Design.Columns;
        rows = RowMajor(frame);
        var eta = LinearPredictor.Of(frame, Coefficients);
        var n = persons.Count;
        (Pull, Observed, Expected, Residual, Variance) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        var pearson = 0.0;
        for (var i = 0; i < n; i++)
        {
            var at = eta[persons.Row[i]];
            var (mean, slope, weight) = (link.Mean(at), link.Derivative(at), persons.Weight[i]);
            var variance = family.Variance(mean);
            Residual[i] = persons.Response[i] - mean;
            Variance[i] = variance;
            Pull[i] = weight * slope / variance;
            Expected[i] = weight * slope * slope / variance;
            var change = (link.SecondDerivative(at) / variance) - (slope * slope * family.VarianceSlope(mean) / (variance * variance));
            Observed[i] = Expected[i] - (weight * Residual[i] * change);
            pearson += weight * Residual[i] * Residual[i] / variance;
        }

        Dispersion = family.HasUnitDispersion ? 1 : pearson / (n - P);
        ExpectedBread = Inverse(Expected) ?? Undefined();
        Bread = Inverse(Observed) ?? ExpectedBread;
    }

    /// <summary>The fit.</summary>
    public GeeFit Fit { get; }

    /// <summary>The persons.</summary>
    public PersonRows Persons { get; }

    /// <summary>p.</summary>
    public int P { get; }

    /// <summary>β̂.</summary>
    public double[] Coefficients { get; }

    /// <summary>w μ′/v, n values: what a residual is multiplied by in the score.</summary>
    public double[] Pull { get; }

    /// <summary>v(μ), n values.</summary>
    public double[] Variance { get; }

    /// <summary>aᵢ as observed, n values.</summary>
    public double[] Observed { get; }

    /// <summary>aᵢ as expected, n values.</summary>
    public double[] Expected { get; }

    /// <summary>y − μ, n values.</summary>
    public double[] Residual { get; }

    /// <summary>φ̂: 1 where the family says so, else Pearson's statistic over n − p.</summary>
    public double Dispersion { get; }

    /// <summary>The inverse of the observed information, p×p; of the expected one where that is not positive definite.</summary>
    public double[] Bread { get; }

    /// <summary>The inverse of the expected information, p×p.</summary>
    public double[] ExpectedBread { get; }

    /// <summary>Looks at a fit that converged.</summary>
    public static PersonModel Of(GeeFit fit, PersonRows persons) => new(fit, persons);

    /// <summary>x of a person.</summary>
    public ReadOnlySpan<double> Covariates(int person) => rows.AsSpan(Persons.Row[person] * P, P);

    /// <summary>ψᵢ, what person i adds to β̂: the bread times the score.</summary>
    public void Influence(int person, Span<double> destination)
    {
        Dense.Multiply(Bread, Covariates(person), destination);
        Scale(destination, Pull[person] * Residual[person]);
    }

    /// <summary>(A − Aᵢ)⁻¹sᵢ: β̂ less the one-step estimate without person i. Not a number where the others do not give one.</summary>
    public void Deletion(int person, Span<double> destination)
    {
        Dense.Multiply(Bread, Covariates(person), destination);
        var rest = 1 - (Observed[person] * Dense.Dot(Covariates(person), destination));
        Scale(destination, rest > 0 ? Pull[person] * Residual[person] / rest : double.NaN);
    }

    /// <summary>The leverage of a person by the expected information, as in the corrections HC2 and HC3.</summary>
    public double Leverage(int person) => Expected[person] * Dense.QuadraticForm(ExpectedBread, Covariates(person));

    /// <summary>The covariance of β̂ by influence, n/(n − 1) Σψψᵀ, p×p.</summary>
    public double[] RobustCovariance()
    {
        var (covariance, own) = (new double[P * P], new double[P]);
        var factor = Persons.Count / (Persons.Count - 1.0);
        for (var i = 0; i < Persons.Count; i++)
        {
            Influence(i, own);
            Dense.RankOneUpdateLower(factor, own, covariance);
        }

        Dense.MirrorLower(covariance, P);
        return covariance;
    }

    private static void Scale(Span<double> values, double factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }

    private static double[] RowMajor(ModelFrame frame)
    {
        var (n, p) = (frame.Rows, frame.Design.Columns);
        var values = new double[n * p];
        for (var j = 0; j < p; j++)
        {
            var column = frame.Design.Column(j);
            for (var i = 0; i < n; i++)
            {
                values[(i * p) + j] = column[i];
            }
        }

        return values;
    }

    private double[]? Inverse(double[] weights)
    {
        var (information, inverse) = (new double[P * P], new double[P * P]);
        for (var i = 0; i < weights.Length; i++)
        {
            Dense.RankOneUpdateLower(weights[i], Covariates(i), information);
        }

        Dense.MirrorLower(information, P);
        return Cholesky.TryInvert(information, P, new double[P * P], inverse) ? inverse : null;
    }

    private double[] Undefined()
    {
        var matrix = new double[P * P];
        Array.Fill(matrix, double.NaN);
        return matrix;
    }
}
