using MarginalConditional.Cli.Errors;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarginalConditional.Cli.Output;

/// <summary>Makes everything that is written as text visible; what the console itself adds for colour passes.</summary>
internal sealed class VisibleHook : IRenderHook
{
    /// <inheritdoc/>
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(renderable => new Visible(renderable));

    private sealed class Visible(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(segment =>
            segment.IsControlCode || segment.IsLineBreak || VisibleText.Of(segment.Text) is var text && text == segment.Text
                ? segment
                : new Segment(VisibleText.Of(segment.Text), segment.Style));
    }
}
