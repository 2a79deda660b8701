<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What all OSCAL files share: metadata, parties, properties, resources, the controls that were looked at.
  INPUT       evidence/exchange.xml
  PARAMETERS  language (parts/strings.xsl)
  KEYS        party, rule, check, control, identifier: elements of the exchange document     property: of oscal-properties.xml
  MODES       text     an attribute as one clean line          token    a control's id as an OSCAL token
  TEMPLATES   block    an element with one paragraph           prop     a property of our namespace
              metadata, own-file, line-words (one clean line of the strings)
  NOTES       OSCAL demands lines that neither begin nor end with a blank and tokens that begin with a letter. What cannot be
              said is left out, never invented. Times are those of the records; no clock is asked.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="../parts/strings.xsl"/>
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <xsl:key name="party" match="e:exchange-party" use="@id"/>
  <xsl:key name="rule" match="e:exchange-rule" use="@id"/>
  <xsl:key name="version" match="e:exchange-version" use="@id"/>
  <xsl:key name="check" match="e:exchange-check" use="@id"/>
  <xsl:key name="file" match="e:exchange-file" use="@path"/>
  <xsl:key name="identifier" match="e:exchange-identifier" use="@name"/>
  <xsl:key name="property" match="property" use="@name"/>

  <xsl:variable name="up" select="'../../'"/>
  <xsl:variable name="pack" select="/e:exchange"/>
  <xsl:variable name="context" select="$pack/e:context"/>
  <xsl:variable name="properties" select="document('oscal-properties.xml')"/>
  <xsl:variable name="oscal-version" select="'1.2.3'"/>
  <!-- Other blanks than the four of XML, and characters that turn the direction of text. -->
  <xsl:variable name="blanks" select="'&#x85;&#xA0;&#x1680;&#x2000;&#x2001;&#x2002;&#x2003;&#x2004;&#x2005;&#x2006;&#x2007;&#x2008;&#x2009;&#x200A;&#x2028;&#x2029;&#x202F;&#x205F;&#x3000;&#x61C;&#x200B;&#x200E;&#x200F;&#x202A;&#x202B;&#x202C;&#x202D;&#x202E;&#x2060;&#x2066;&#x2067;&#x2068;&#x2069;&#xFEFF;'"/>
  <xsl:variable name="plain" select="'                                  '"/>

  <!-- Text -->

  <xsl:template match="@* | text()" mode="text">
    <xsl:call-template name="line"><xsl:with-param name="text" select="."/></xsl:call-template>
  </xsl:template>

  <xsl:template name="line">
    <xsl:param name="text"/>
    <xsl:variable name="line" select="normalize-space(translate($text, $blanks, $plain))"/>
    <xsl:value-of select="$line"/>
    <xsl:if test="$line = ''"><xsl:call-template name="label"><xsl:with-param name="id" select="'oscal.empty'"/></xsl:call-template></xsl:if>
  </xsl:template>

  <xsl:template name="line-words">
    <xsl:param name="id"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:variable name="text">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="$id"/>
        <xsl:with-param name="a" select="string($a)"/>
        <xsl:with-param name="b" select="string($b)"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:call-template name="line"><xsl:with-param name="text" select="$text"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="block">
    <xsl:param name="name" select="'description'"/>
    <xsl:param name="text"/>
    <xsl:element name="{$name}"><p><xsl:call-template name="line"><xsl:with-param name="text" select="$text"/></xsl:call-template></p></xsl:element>
  </xsl:template>

  <xsl:template name="block-words">
    <xsl:param name="name" select="'description'"/>
    <xsl:param name="id"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:element name="{$name}">
      <p><xsl:call-template name="line-words">
        <xsl:with-param name="id" select="$id"/><xsl:with-param name="a" select="$a"/><xsl:with-param name="b" select="$b"/>
      </xsl:call-template></p>
    </xsl:element>
  </xsl:template>

  <!-- Properties -->

  <xsl:template name="prop">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:param name="class"/>
    <xsl:param name="group"/>
    <xsl:param name="remarks"/>
    <xsl:variable name="line" select="normalize-space(translate($value, $blanks, $plain))"/>
    <xsl:for-each select="$properties">
      <xsl:if test="not(key('property', $name))">
        <xsl:message terminate="yes">No property "<xsl:value-of select="$name"/>" in oscal-properties.xml</xsl:message>
      </xsl:if>
    </xsl:for-each>
    <xsl:if test="$line != ''">
      <prop name="{$name}" ns="{$properties/properties/@ns}" value="{$line}">
        <xsl:if test="$class"><xsl:attribute name="class"><xsl:value-of select="$class"/></xsl:attribute></xsl:if>
        <xsl:if test="$group"><xsl:attribute name="group"><xsl:value-of select="$group"/></xsl:attribute></xsl:if>
        <xsl:if test="$remarks"><xsl:call-template name="block"><xsl:with-param name="name" select="'remarks'"/><xsl:with-param name="text" select="$remarks"/></xsl:call-template></xsl:if>
      </prop>
    </xsl:if>
  </xsl:template>

  <!-- An attribute under its own name. -->
  <xsl:template match="@*" mode="prop">
    <xsl:call-template name="prop">
      <xsl:with-param name="name" select="local-name()"/>
      <xsl:with-param name="value" select="."/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:missing" mode="prop">
    <xsl:call-template name="prop">
      <xsl:with-param name="name" select="'missing-record'"/>
      <xsl:with-param name="value" select="@record"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="@page" mode="link"><link href="{$up}{.}" rel="reference"/></xsl:template>

  <!-- Metadata -->

  <xsl:template name="metadata">
    <xsl:param name="title"/>
    <xsl:param name="version" select="$context/@period"/>
    <xsl:param name="props"/>
    <xsl:param name="owners" select="false()"/>
    <metadata>
      <title><xsl:call-template name="line-words">
        <xsl:with-param name="id" select="$title"/>
        <xsl:with-param name="a" select="$context/@organisation"/>
        <xsl:with-param name="b" select="$context/@period"/>
      </xsl:call-template></title>
      <last-modified><xsl:value-of select="$pack/@time"/></last-modified>
      <version><xsl:call-template name="line"><xsl:with-param name="text" select="$version"/></xsl:call-template></version>
      <oscal-version><xsl:value-of select="$oscal-version"/></oscal-version>
      <xsl:apply-templates select="$context/@level | $context/@mapping-review" mode="prop"/>
      <xsl:copy-of select="$props"/>
      <role id="assessed-organisation"><title><xsl:call-template name="line-words"><xsl:with-param name="id" select="'oscal.role.organisation'"/></xsl:call-template></title></role>
      <xsl:if test="$owners"><role id="rule-owner"><title><xsl:call-template name="line-words"><xsl:with-param name="id" select="'oscal.role.owner'"/></xsl:call-template></title></role></xsl:if>
      <party uuid="{key('identifier', 'party-organisation')/@uuid}" type="organization">
        <name><xsl:apply-templates select="$context/@organisation" mode="text"/></name>
      </party>
      <xsl:if test="$owners"><xsl:apply-templates select="$pack/e:exchange-party" mode="party"/></xsl:if>
      <responsible-party role-id="assessed-organisation"><party-uuid><xsl:value-of select="key('identifier', 'party-organisation')/@uuid"/></party-uuid></responsible-party>
      <xsl:if test="$owners and $pack/e:exchange-party">
        <responsible-party role-id="rule-owner">
          <xsl:for-each select="$pack/e:exchange-party"><party-uuid><xsl:value-of select="@uuid"/></party-uuid></xsl:for-each>
        </responsible-party>
      </xsl:if>
    </metadata>
  </xsl:template>

  <xsl:template match="e:exchange-party" mode="party">
    <party uuid="{@uuid}">
      <xsl:attribute name="type"><xsl:choose>
        <xsl:when test="@kind = 'person'">person</xsl:when><xsl:otherwise>organization</xsl:otherwise>
      </xsl:choose></xsl:attribute>
      <name><xsl:apply-templates select="@id" mode="text"/></name>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'party-kind'"/><xsl:with-param name="value" select="@kind"/></xsl:call-template>
      <xsl:apply-templates select="@page" mode="link"/>
    </party>
  </xsl:template>

  <!-- Rules as components, with who answered for them from when to when -->

  <xsl:template match="e:exchange-rule" mode="component">
    <component uuid="{@uuid}" type="policy">
      <title><xsl:apply-templates select="@id" mode="text"/></title>
      <xsl:choose>
        <xsl:when test="@words"><xsl:call-template name="block"><xsl:with-param name="text" select="@words"/></xsl:call-template></xsl:when>
        <xsl:otherwise><xsl:call-template name="block"><xsl:with-param name="text" select="@id"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'rule'"/><xsl:with-param name="value" select="@id"/></xsl:call-template>
      <xsl:apply-templates select="@decisions | @exceptions" mode="prop"/>
      <xsl:apply-templates select="@page" mode="link"/>
      <status state="operational"/>
      <xsl:if test="e:exchange-tenure">
        <responsible-role role-id="rule-owner">
          <xsl:apply-templates select="e:exchange-tenure" mode="owner"/>
          <xsl:for-each select="e:exchange-tenure[not(@owner = preceding-sibling::e:exchange-tenure/@owner)]">
            <xsl:for-each select="key('party', @owner)[1]"><party-uuid><xsl:value-of select="@uuid"/></party-uuid></xsl:for-each>
          </xsl:for-each>
        </responsible-role>
      </xsl:if>
    </component>
  </xsl:template>

  <xsl:template match="e:exchange-tenure" mode="owner">
    <xsl:variable name="group" select="concat('tenure-', position())"/>
    <xsl:call-template name="prop"><xsl:with-param name="name" select="'owner'"/><xsl:with-param name="value" select="@owner"/><xsl:with-param name="group" select="$group"/></xsl:call-template>
    <xsl:call-template name="prop"><xsl:with-param name="name" select="'owner-from'"/><xsl:with-param name="value" select="@from"/><xsl:with-param name="group" select="$group"/></xsl:call-template>
    <xsl:call-template name="prop"><xsl:with-param name="name" select="'owner-to'"/><xsl:with-param name="value" select="@to"/><xsl:with-param name="group" select="$group"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="tool">
    <component uuid="{key('identifier', 'component-tool')/@uuid}" type="software">
      <title>Tenure</title>
      <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.tool'"/><xsl:with-param name="a" select="$context/@tool-version"/></xsl:call-template>
      <status state="operational"/>
    </component>
  </xsl:template>

  <!-- Controls: the checks, and those of each framework that some check speaks about -->

  <xsl:template name="reviewed-controls">
    <reviewed-controls>
      <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.reviewed'"/></xsl:call-template>
      <control-selection>
        <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.reviewed.checks'"/></xsl:call-template>
        <link href="#{key('identifier', 'resource-checks')/@uuid}" rel="reference"/>
        <xsl:for-each select="$pack/e:exchange-check"><include-control control-id="{@id}"/></xsl:for-each>
      </control-selection>
      <xsl:for-each select="$pack/e:exchange-framework[e:exchange-control[e:exchange-mapped and @state != 'out-of-scope']]">
        <control-selection>
          <xsl:call-template name="block"><xsl:with-param name="text" select="@title"/></xsl:call-template>
          <xsl:call-template name="prop"><xsl:with-param name="name" select="'framework'"/><xsl:with-param name="value" select="@id"/></xsl:call-template>
          <link href="#{@resource-uuid}" rel="reference"/>
          <xsl:for-each select="e:exchange-control[e:exchange-mapped and @state != 'out-of-scope']">
            <include-control control-id="{@token}"/>
          </xsl:for-each>
        </control-selection>
      </xsl:for-each>
    </reviewed-controls>
  </xsl:template>

  <!-- Back matter -->

  <xsl:template name="own-file">
    <xsl:param name="uuid"/>
    <xsl:param name="name"/>
    <xsl:param name="title"/>
    <resource uuid="{$uuid}">
      <title><xsl:call-template name="line"><xsl:with-param name="text" select="$title"/></xsl:call-template></title>
      <rlink href="{$name}.xml" media-type="application/oscal+xml"/>
      <rlink href="{$name}.json" media-type="application/oscal+json"/>
    </resource>
  </xsl:template>

  <xsl:template name="plan-resource">
    <xsl:call-template name="own-file">
      <xsl:with-param name="uuid" select="key('identifier', 'resource-plan')/@uuid"/>
      <xsl:with-param name="name" select="'assessment-plan'"/>
      <xsl:with-param name="title" select="'assessment-plan'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="catalog-resources">
    <xsl:call-template name="own-file">
      <xsl:with-param name="uuid" select="key('identifier', 'resource-checks')/@uuid"/>
      <xsl:with-param name="name" select="'catalog-checks'"/>
      <xsl:with-param name="title" select="'catalog-checks'"/>
    </xsl:call-template>
    <xsl:for-each select="$pack/e:exchange-framework">
      <xsl:call-template name="own-file">
        <xsl:with-param name="uuid" select="@resource-uuid"/>
        <xsl:with-param name="name" select="substring-before(substring-after(@catalog, 'exchange/oscal/'), '.xml')"/>
        <xsl:with-param name="title" select="@title"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- Inputs and policy versions are named by digest; they are not in the pack. -->
  <xsl:template match="e:exchange-input | e:exchange-version" mode="resource">
    <resource uuid="{@uuid}">
      <title><xsl:apply-templates select="@name | self::e:exchange-version/@id" mode="text"/></title>
      <xsl:call-template name="prop">
        <xsl:with-param name="name" select="'input-kind'"/>
        <xsl:with-param name="value" select="concat(@kind, substring('policy-version', 1, 14 * boolean(self::e:exchange-version)))"/>
      </xsl:call-template>
      <xsl:apply-templates select="@source | @bytes | @records" mode="prop"/>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'effective-from'"/><xsl:with-param name="value" select="@from"/></xsl:call-template>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'effective-to'"/><xsl:with-param name="value" select="@to"/></xsl:call-template>
      <xsl:if test="@sha256">
        <rlink href="urn:tenure:sha256:{@sha256}"><hash algorithm="SHA-256"><xsl:value-of select="@sha256"/></hash></rlink>
      </xsl:if>
    </resource>
  </xsl:template>

  <xsl:template match="e:exchange-file" mode="resource">
    <resource uuid="{@uuid}">
      <title><xsl:value-of select="@path"/></title>
      <xsl:apply-templates select="@bytes" mode="prop"/>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'records'"/><xsl:with-param name="value" select="@rows"/></xsl:call-template>
      <rlink href="{$up}{@path}" media-type="text/csv"><hash algorithm="SHA-256"><xsl:value-of select="@sha256"/></hash></rlink>
    </resource>
  </xsl:template>

</xsl:stylesheet>
