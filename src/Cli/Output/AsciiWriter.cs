using System.Text;

namespace MarginalConditional.Cli.Output;

/// <summary>Hands text on in plain characters.</summary>
/// <param name="inner">Receives ASCII. Not disposed with this writer.</param>
internal sealed class AsciiWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(AsciiText.Of(value.ToString()));

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(AsciiText.Of(value ?? string.Empty));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
