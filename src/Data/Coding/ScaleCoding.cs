using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Coding;

/// <summary>A number less its mean, divided by its standard deviation, as R's <c>scale(x, center = TRUE, scale = TRUE)</c>.</summary>
/// <remarks>
/// Learned from the rows used, and kept. The divisor is √(Σ v² / (n − 1)) of what is left after centring, also when that is left out.
/// </remarks>
internal sealed class ScaleCoding : VariableCoding
{
    private readonly Expression.Call call;
    private readonly Expression argument;
    private readonly double center;
    private readonly double divisor = 1;

    /// <summary>Learns centre and divisor from a frame.</summary>
    internal ScaleCoding(Expression.Call call, FrameTable table)
    {
        this.call = call;
        var arguments = new CallArguments(call);
        argument = arguments.Argument;
        var values = new double[table.Rows];
        ExpressionEvaluator.Evaluate(argument, table, values);
        var (centred, given) = arguments.FlagOrNumber("center");
        center = given ?? (centred ? SpanMath.Average(values) : 0);
        SpanMath.Subtract(values, center, values);
        var (scaled, known) = arguments.FlagOrNumber("scale");
        divisor = known ?? (scaled ? Math.Sqrt(SpanMath.SumOfSquares(values) / Math.Max(1, values.Length - 1)) : 1);
        if (!(Math.Abs(divisor) > 0))
        {
            throw new InputException($"The term {call} divides by 0: {argument} has the same value in every row used.")
            {
                File = table.Data.Source,
                Hint = "Take it out of the formula.",
            };
        }
    }

    internal override bool IsCategorical => false;

    internal override IReadOnlyList<string> Names(bool full) => [call.ToString()];

    internal override ColumnPart Part(int column, bool full) => new(call.ToString(), column, 0, IsFull: false);

    internal override void Fill(FrameTable table, bool full, int column, Span<double> destination)
    {
        ExpressionEvaluator.Evaluate(argument, table, destination);
        SpanMath.Subtract(destination, center, destination);
        SpanMath.Divide(destination, divisor, destination);
    }

    internal override void FillSlope(FrameTable table, string variable, int column, Span<double> destination)
    {
        ExpressionSlope.Evaluate(argument, table, variable, destination);
        SpanMath.Divide(destination, divisor, destination);
    }
}
