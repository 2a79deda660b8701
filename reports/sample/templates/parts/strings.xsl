<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Text look-up. Every word a reader sees stands in strings/<language>.xml.
  INPUT       strings/<language>.xml: <s id>, <table id> (caption and columns), <prose id>.
  PARAMETERS  language   Which strings file to read; declared here and nowhere else. Default: en.
  TEMPLATES   label      One string that is text alone.
              say        One string; {1} to {4} are filled from a to d, which may hold markup.
              prose      One run of longer text, pushed through mode="prose".
  KEYS        string, table, prose: by id      plain: strings that are text alone, which most are
  NOTES       A missing string stops the transform: a pack never ships with a hole in its wording.
              Filled-in values are copied, never scanned again, so a value that holds "{1}" stays as it is.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:param name="language" select="'en'"/>

  <xsl:key name="string" match="s[@id]" use="@id"/>
  <xsl:key name="plain" match="s[@id][not(*)][not(contains(., '{'))]" use="@id"/>
  <xsl:key name="table" match="table" use="@id"/>
  <xsl:key name="prose" match="prose" use="@id"/>

  <xsl:variable name="strings" select="document(concat('../strings/', $language, '.xml'))"/>

  <!-- One string that needs no filling: the short way, for what a page says hundreds of times. -->
  <xsl:template name="label">
    <xsl:param name="id"/>
    <xsl:for-each select="$strings">
      <xsl:choose>
        <xsl:when test="key('plain', $id)"><xsl:value-of select="key('plain', $id)"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="say"><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- One string. `n` picks the singular twin `<id>.one` when there is one; `default` answers for an open set of values. -->
  <xsl:template name="say">
    <xsl:param name="id"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:param name="c"/>
    <xsl:param name="d"/>
    <xsl:param name="n" select="0"/>
    <xsl:param name="default"/>
    <xsl:param name="optional" select="false()"/>
    <xsl:for-each select="$strings">
      <xsl:variable name="one" select="key('string', concat($id, '.one'))[$n = 1]"/>
      <xsl:variable name="many" select="key('string', $id)[not($one)]"/>
      <xsl:choose>
        <xsl:when test="$one or $many">
          <xsl:apply-templates select="($one | $many)[1]/node()" mode="string">
            <xsl:with-param name="a" select="$a"/>
            <xsl:with-param name="b" select="$b"/>
            <xsl:with-param name="c" select="$c"/>
            <xsl:with-param name="d" select="$d"/>
          </xsl:apply-templates>
        </xsl:when>
        <xsl:when test="string($default) != ''">
          <bdi><xsl:value-of select="$default"/></bdi>
        </xsl:when>
        <xsl:when test="not($optional)">
          <strong class="broken"><xsl:value-of select="$id"/></strong>
          <xsl:message terminate="yes">
            <xsl:value-of select="concat('No string &quot;', $id, '&quot; in strings/', $language, '.xml')"/>
          </xsl:message>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="text()" mode="string"><xsl:value-of select="."/></xsl:template>

  <xsl:template match="text()[contains(., '{')]" mode="string">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:param name="c"/>
    <xsl:param name="d"/>
    <xsl:call-template name="fill">
      <xsl:with-param name="text" select="."/>
      <xsl:with-param name="a" select="$a"/>
      <xsl:with-param name="b" select="$b"/>
      <xsl:with-param name="c" select="$c"/>
      <xsl:with-param name="d" select="$d"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Marks allowed inside a string: c (code), b (strong), em, go (a link inside the pack). -->
  <xsl:template match="c" mode="string"><code><xsl:apply-templates mode="string"/></code></xsl:template>
  <xsl:template match="b" mode="string"><strong><xsl:apply-templates mode="string"/></strong></xsl:template>
  <xsl:template match="em" mode="string"><em><xsl:apply-templates mode="string"/></em></xsl:template>
  <xsl:template match="go" mode="string"><a href="{$up}{@page}"><xsl:apply-templates mode="string"/></a></xsl:template>

  <!-- Text that holds a slot: what stands before it, what fills it, and the rest. -->
  <xsl:template name="fill">
    <xsl:param name="text"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:param name="c"/>
    <xsl:param name="d"/>
    <xsl:variable name="slot" select="substring-before(substring-after($text, '{'), '}')"/>
    <xsl:variable name="rest" select="substring-after($text, '}')"/>
    <xsl:value-of select="substring-before($text, '{')"/>
    <xsl:choose>
      <xsl:when test="$slot = '1'"><xsl:copy-of select="$a"/></xsl:when>
      <xsl:when test="$slot = '2'"><xsl:copy-of select="$b"/></xsl:when>
      <xsl:when test="$slot = '3'"><xsl:copy-of select="$c"/></xsl:when>
      <xsl:when test="$slot = '4'"><xsl:copy-of select="$d"/></xsl:when>
      <xsl:otherwise><xsl:message terminate="yes">Unknown slot in: <xsl:value-of select="$text"/></xsl:message></xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="contains($rest, '{')">
        <xsl:call-template name="fill">
          <xsl:with-param name="text" select="$rest"/>
          <xsl:with-param name="a" select="$a"/>
          <xsl:with-param name="b" select="$b"/>
          <xsl:with-param name="c" select="$c"/>
          <xsl:with-param name="d" select="$d"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$rest"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Longer text: parts with a heading, paragraphs, steps, lists and commands. -->
  <xsl:template name="prose">
    <xsl:param name="id"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:for-each select="$strings">
      <xsl:if test="not(key('prose', $id))"><xsl:message terminate="yes">No prose "<xsl:value-of select="$id"/>"</xsl:message></xsl:if>
      <xsl:apply-templates select="key('prose', $id)/*" mode="prose">
        <xsl:with-param name="a" select="$a"/>
        <xsl:with-param name="b" select="$b"/>
      </xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="part" mode="prose">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <section id="{@id}" class="prose">
      <h2><xsl:apply-templates select="h/node()" mode="string"/></h2>
      <xsl:apply-templates select="*[not(self::h)]" mode="prose">
        <xsl:with-param name="a" select="$a"/>
        <xsl:with-param name="b" select="$b"/>
      </xsl:apply-templates>
    </section>
  </xsl:template>

  <xsl:template match="s" mode="prose">
    <p><xsl:apply-templates mode="string"/></p>
  </xsl:template>

  <xsl:template match="list" mode="prose">
    <ul><xsl:apply-templates select="s" mode="item"/></ul>
  </xsl:template>

  <xsl:template match="steps" mode="prose">
    <ol><xsl:apply-templates select="s" mode="item"/></ol>
  </xsl:template>

  <xsl:template match="s" mode="item">
    <li><xsl:apply-templates mode="string"/></li>
  </xsl:template>

  <xsl:template match="run" mode="prose">
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <pre class="command" tabindex="0"><code>
      <xsl:apply-templates mode="string">
        <xsl:with-param name="a" select="$a"/>
        <xsl:with-param name="b" select="$b"/>
      </xsl:apply-templates>
    </code></pre>
  </xsl:template>

  <!-- What a command proves, and what it does not. -->
  <xsl:template match="shows | shows-not" mode="prose">
    <p class="{local-name()}">
      <strong>
        <xsl:apply-templates select="$strings/strings/s[@id = concat('verify.', local-name(current()))]/node()" mode="string"/>
      </strong>
      <xsl:text> </xsl:text>
      <xsl:apply-templates mode="string"/>
    </p>
  </xsl:template>

  <xsl:template match="entries" mode="prose">
    <dl class="glossary"><xsl:apply-templates select="entry" mode="prose"/></dl>
  </xsl:template>

  <xsl:template match="entry" mode="prose">
    <div id="{@id}">
      <dt><xsl:apply-templates select="term/node()" mode="string"/></dt>
      <xsl:apply-templates select="s" mode="definition"/>
    </div>
  </xsl:template>

  <xsl:template match="s" mode="definition">
    <dd><xsl:apply-templates mode="string"/></dd>
  </xsl:template>

</xsl:stylesheet>
