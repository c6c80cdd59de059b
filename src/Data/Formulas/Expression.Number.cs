using System.Globalization;

namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>A number, kept as typed.</summary>
    public sealed class Number(string text) : Expression
    {
        private readonly string text = text;

        /// <summary>The value.</summary>
        public double Value { get; } = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

        /// <inheritdoc/>
        public override string ToString() => text;

        private protected override void Collect(List<string> variables)
        {
        }
    }
}
