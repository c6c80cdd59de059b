namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>A text between quotation marks, such as a level.</summary>
    public sealed class Text(string value) : Expression
    {
        /// <summary>What stands between the marks.</summary>
        public string Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => $"\"{Value}\"";

        private protected override void Collect(List<string> variables)
        {
        }
    }
}
